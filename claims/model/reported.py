"""What a chain does with a claim's words, in front of them: "denied" is never shown as "said"."""

from collections.abc import Iterable, Sequence

from claims.model.kinds import Mode

NamedMode = tuple[str, str]
"""Who a hop is, and its mode."""


def label(name: str, mode: str) -> str:
    """A name with its mode, if that is not `says`: `Ada Quill (denies)`."""
    return name if mode == Mode.SAYS else f"{name} ({mode})"


def reported(words: str, hops: Sequence[NamedMode]) -> str:
    """Words after what the chain does with them: `denies: she was given the report`.

    Args:
        words: Of the claim.
        hops: From the voice outward. The voice stands beside the words wherever they are shown and
            is not named again; a carrier that does not just pass them on is: `Ben Strand denies: `.
    """
    voice, *carriers = hops or [("", Mode.SAYS)]
    before = [f"{name} {mode}: " for name, mode in reversed(carriers) if mode != Mode.SAYS]
    if voice[1] != Mode.SAYS:
        before.append(f"{voice[1]}: ")
    return "".join(before) + words


def reported_by(words: str, hops: Sequence[NamedMode]) -> str:
    """The same for where nobody is named beside the words: `Ada Quill denies: she was …`.

    Who says what a carrier denies is named too: `Ben Strand denies: Ada Quill says: …`.
    """
    inward = list(reversed(hops))
    while inward and inward[0][1] == Mode.SAYS:
        inward.pop(0)
    return "".join(f"{name} {mode}: " for name, mode in inward) + words


def name_of(name: str | None, mention: str) -> str:
    """How a line names a hop: the source, else what is printed in brackets."""
    return name or f"[{mention or 'unknown'}]"


def labels(hops: Iterable[NamedMode]) -> tuple[str, ...]:
    """The names of hops, each with its mode."""
    return tuple(label(name, mode) for name, mode in hops)
