"""Draws what changed from one printing to another: marks around words that went and came."""

from collections.abc import Callable, Iterator, Sequence

from claims.comparison.drift import Change
from claims.text.display import visible

Paint = Callable[[str, str], str]
"""Colours a part by what became of it: `cut`, `new`, or `calm` for what is no drift."""


def plain(_: str, part: str) -> str:
    """No colour."""
    return part


def draw_changes(earlier: str, changes: Sequence[Change], paint: Paint = plain) -> str:
    """The earlier words with what changed: `can reach [-up to-] $50 billion {+a year+}`.

    Args:
        earlier: The words of the earlier printing.
        changes: As `compare_wordings` returns them.
        paint: Colours the marked parts.
    """
    line, last = "", 0
    for change in changes:
        line += visible(earlier[last : change.old.start])
        marked = " ".join(_marked(change, paint))
        if change.old_words:
            line += marked
        else:
            # Words that came stand where nothing stood: between spaces of their own.
            line += f" {marked}" if line and not line.endswith(" ") else f"{marked} "
        last = change.old.end
    return line + visible(earlier[last:])


def _marked(change: Change, paint: Paint) -> Iterator[str]:
    if change.old_words:
        yield paint("cut" if change.is_drift else "calm", f"[-{visible(change.old_words)}-]")
    if change.new_words:
        yield paint("new" if change.is_drift else "calm", f"{{+{visible(change.new_words)}+}}")


def describe_change(change: Change) -> str:
    """A change in words: `hedge lost: “up to” → –`."""
    old, new = (
        f"“{visible(words)}”" if words else "–" for words in (change.old_words, change.new_words)
    )
    return f"{', '.join(change.kinds)}: {old} → {new}"
