"""Which program proposed a claim, as its run tells."""

PROPOSALS = "ingest --proposals"
"""The command of runs whose claims another program proposed; it replaces only its own."""

OURS = "claims"
"""The program of all other runs."""


def program_of(command: str, extractor_version: str) -> str:
    """The program of a run's proposals; the name of one from outside stands before its version."""
    return extractor_version.rpartition("/")[0] if command == PROPOSALS else OURS


def extractor_of(command: str, extractor_version: str) -> str:
    """The program with its version, for people: `my-model/3`."""
    return extractor_version if command == PROPOSALS else f"{OURS}/{extractor_version}"
