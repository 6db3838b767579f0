"""An extractor of a few lines, for tests that start many processes: it loads at once."""

import os
import re
import signal
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from claims.ingest.extraction import ProposeMany, Text
from claims.model.kinds import Form, SourceKind
from claims.model.proposal import Hop, Proposal
from claims.model.span import Span

SAID = re.compile(
    r"(?P<capacity>[a-z]+ )?(?P<name>(?:the )?[A-Z][\w. ]*?) (?P<cue>said)"
    r' "(?P<words>[^"]*)"'
)
DIES_ONCE = re.compile(r"dies once (\S+)")
DIES = "dies always"
WAITS = "waits for ever"


def propose(printed: str, published: date | None) -> tuple[Proposal, ...]:
    """A claim for each `NAME said "WORDS"`; it breaks on some texts, as rules may."""
    del published
    if "explode" in printed:
        raise ValueError("no root")
    return tuple(_proposal(match) for match in SAID.finditer(printed))


def _proposal(match: re.Match[str]) -> Proposal:
    def spans(group: str) -> tuple[Span, ...]:
        return (Span(*match.span(group)),) if match.group(group) else ()

    body = any(word in match["name"] for word in ("Agency", "Press", "AP"))
    kind = SourceKind.ORGANISATION if body else SourceKind.PERSON
    hop = Hop(match["name"], kind, spans("name"), spans("cue"), spans("capacity"))
    return Proposal(spans("words"), Form.QUOTE, (hop,), 0.9, "verb")


def _each(propose_one: Callable[[str, date | None], tuple[Proposal, ...]]) -> ProposeMany:
    def propose_many(texts: Sequence[Text]) -> Sequence[tuple[Proposal, ...]]:
        return [propose_one(*one) for one in texts]

    return propose_many


def load() -> ProposeMany:
    """The extractor."""
    return _each(propose)


def load_mortal() -> ProposeMany:
    """The extractor, which some texts kill: once, if the file that they name is not there yet."""

    def propose_or_die(printed: str, published: date | None) -> tuple[Proposal, ...]:
        once = DIES_ONCE.search(printed)
        if DIES in printed or (once and not Path(once[1]).exists()):
            if once:
                Path(once[1]).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if WAITS in printed:
            signal.pause()
        return propose(printed, published)

    return _each(propose_or_die)


def load_broken() -> ProposeMany:
    """An extractor that is not there."""
    raise OSError("no model of that name")


def load_slow() -> ProposeMany:
    """The extractor, as slow as rules over a parse are."""

    def propose_slowly(printed: str, published: date | None) -> tuple[Proposal, ...]:
        time.sleep(0.02)
        return propose(printed, published)

    return _each(propose_slowly)
