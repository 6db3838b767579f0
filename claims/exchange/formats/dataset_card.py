"""The card of a data set for researchers, README.md as the Hugging Face Hub reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import orjson

from claims.exchange.columns import Column

SIZES = (
    (1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"), (100_000_000, "10M<n<100M"),
)  # fmt: skip
LARGEST = "100M<n<1B"
ABOUT = """Who said what, in which words, through whom. Each row is one claim: one report, in one
version of an article, that somebody stated something."""
CUT = """No article is in two splits: they are cut by its day of publication. The same words may
still be printed by several outlets on several days."""
FEATURES: Mapping[str, str] = {
    "date": "date32", "timestamp with time zone": "timestamp[us, tz=UTC]", "smallint": "int16",
    "integer": "int32", "bigint": "int64", "double precision": "float64", "boolean": "bool",
}  # fmt: skip
"""Types of the contract as the Hub calls them; all others are strings."""


@dataclass(frozen=True, slots=True)
class SplitSummary:
    """A split as it was written.

    Attributes:
        path: Its file in the folder.
        first: The first day of publication in it; None for none, or if days are not known.
        size: Bytes of its file.
    """

    name: str
    path: str
    claims: int
    size: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class DatasetSummary:
    """What the card tells.

    Attributes:
        counts: What there is how often, such as claims, speakers, articles.
        licence: Its id, such as cc-by-4.0; None if nobody said.
        provenance: Where it comes from: program, state, head of the ledger.
    """

    title: str
    splits: Sequence[SplitSummary]
    columns: Sequence[Column]
    counts: Mapping[str, int]
    languages: Sequence[str]
    licence: str | None
    provenance: Sequence[str]


def write_card(summary: DatasetSummary) -> str:
    """The card: first what programs read, then what people do."""
    return "\n".join([*_front_matter(summary), "", *_body(summary), ""])


def _front_matter(summary: DatasetSummary) -> list[str]:
    total = sum(split.claims for split in summary.splits)
    size = next((name for most, name in SIZES if total < most), LARGEST)
    lines = ["---", f"pretty_name: {_quoted(summary.title)}"]
    lines += [f"license: {_quoted((summary.licence or 'unknown').lower())}", "language:"]
    lines += [f"- {_quoted(language)}" for language in summary.languages]
    lines += ["tags:", "- quotations", "- attribution", "- fact-checking", "- news"]
    lines += [
        "size_categories:",
        f"- {size}",
        "configs:",
        "- config_name: default",
        "  data_files:",
    ]
    for split in summary.splits:
        lines += [f"  - split: {split.name}", f"    path: {split.path}"]
    lines += ["dataset_info:", "  features:"]
    for column in summary.columns:
        kind = FEATURES.get(column.kind, "string")
        lines += [f"  - name: {column.name}", f"    dtype: {_quoted(kind)}"]
    lines.append("  splits:")
    for split in summary.splits:
        lines += [f"  - name: {split.name}", f"    num_bytes: {split.size}"]
        lines.append(f"    num_examples: {split.claims}")
    return [*lines, "---"]


def _body(summary: DatasetSummary) -> list[str]:
    lines = [f"# {summary.title}", "", ABOUT, "", "| what | how many |", "|--|--|"]
    lines += [f"| {name} | {count} |" for name, count in summary.counts.items()]
    lines += ["", "## Splits", "", CUT, ""]
    lines += ["| split | claims | first day | last day |", "|--|--|--|--|"]
    lines += [
        f"| {one.name} | {one.claims} | {one.first or ''} | {one.last or ''} |"
        for one in summary.splits
    ]
    lines += ["", "## Columns", "", "| column | meaning |", "|--|--|"]
    lines += [f"| `{one.name}` | {one.meaning} |" for one in summary.columns]
    lines += ["", "## Where it comes from", ""]
    lines += [f"- {line}" for line in summary.provenance]
    licence = summary.licence or "not stated"
    lines += [f"- Licence: {licence}. The quoted words remain those of their articles."]
    return lines


def _quoted(text: str) -> str:
    """A text as YAML takes it, whatever it holds: JSON is YAML."""
    return orjson.dumps(text).decode()
