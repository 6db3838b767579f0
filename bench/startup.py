"""What `claims --help` costs beside a bare Click program, whole processes, in turns.

`python -m bench.startup`: twenty runs of each after two to warm up; medians and their ratio.
"""

import subprocess
import sys
import time
from statistics import median

BARE = "import click\n@click.command()\ndef cli(): 'Nothing.'\ncli()"
OURS = "from claims.cli import main; main()"
RUNS, WARM = 20, 2


def main() -> None:
    """Measure and print."""
    seconds: dict[str, list[float]] = {"bare Click": [], "claims": []}
    for run in range(RUNS + WARM):
        for name, code in (("bare Click", BARE), ("claims", OURS)):
            begun = time.perf_counter()
            subprocess.run([sys.executable, "-c", code, "--help"], check=True, capture_output=True)
            if run >= WARM:
                seconds[name].append(time.perf_counter() - begun)
    for name, values in seconds.items():
        print(f"{name:<10} {1000 * median(values):6.0f} ms")
    print(f"ratio      {median(seconds['claims']) / median(seconds['bare Click']):6.2f}")


if __name__ == "__main__":
    main()
