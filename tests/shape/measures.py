"""Prints how long functions and files are: `python -m tests.shape.measures`."""

from statistics import quantiles

from tests.shape.tree import functions, length, modules


def main() -> None:
    """Median, ninetieth and ninety-ninth of a hundred."""
    spread = {
        "function lines": [length(f) for module in modules() for f in functions(module)],
        "file lines": [module.lines for module in modules()],
        "arguments": [
            len(f.args.args) + len(f.args.kwonlyargs) for m in modules() for f in functions(m)
        ],
    }
    for name, values in spread.items():
        cuts = quantiles(values, n=100)
        print(  # noqa: T201 - it is a report
            f"{name:<16} median {cuts[49]:5.0f}   p90 {cuts[89]:5.0f}   p99 {cuts[98]:5.0f}"
            f"   max {max(values):5d}   of {len(values)}"
        )


if __name__ == "__main__":
    main()
