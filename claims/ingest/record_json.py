"""Records and proposals as JSON: what travels between machines that ingest together."""

from dataclasses import replace
from typing import TypeAlias

from pydantic import TypeAdapter, ValidationError

from claims.ingest.extraction import Extracted
from claims.model.article import Article, ReaderRecord
from claims.model.article_address import ArticleAddress
from claims.model.notice import Notice
from claims.model.problem import Problem, Reason, UnresolvedRevisit
from claims.model.proposal import Proposal

_Adapter: TypeAlias = (
    TypeAdapter[Article]
    | TypeAdapter[ArticleAddress]
    | TypeAdapter[Notice]
    | TypeAdapter[Problem]
    | TypeAdapter[UnresolvedRevisit]
)

_ADAPTERS: dict[str, _Adapter] = {
    "article": TypeAdapter(Article),
    "address": TypeAdapter(ArticleAddress),
    "notice": TypeAdapter(Notice),
    "problem": TypeAdapter(Problem),
    "revisit": TypeAdapter(UnresolvedRevisit),
}
_RECORD: TypeAdapter[ReaderRecord | UnresolvedRevisit] = TypeAdapter(
    Article | ArticleAddress | Notice | UnresolvedRevisit | Problem
)
_KINDS: dict[type, str] = {
    Article: "article",
    ArticleAddress: "address",
    Notice: "notice",
    Problem: "problem",
    UnresolvedRevisit: "revisit",
}
_EXTRACTED: TypeAdapter[Extracted | None] = TypeAdapter(tuple[Proposal, ...] | str | None)


def kind_of(record: ReaderRecord) -> str:
    """What the queue calls a record."""
    return _KINDS[type(record)]


def write_record(record: ReaderRecord) -> str:
    """A record as JSON, an article without the bytes that it was read from.

    Raises:
        ValueError: It holds what no UTF-8 can say.
    """
    bare = replace(record, archived=b"") if isinstance(record, Article) else record
    return _RECORD.dump_json(bare).decode()


def read_record(kind: str, written: str, archived: bytes | None, place: str) -> ReaderRecord:
    """The record again; a problem if this version of the program cannot read it.

    Args:
        kind: As `kind_of` said.
        written: As `write_record` wrote it, maybe by another version of the program.
        archived: The bytes that an article was read from.
        place: What to call it in the problem.
    """
    try:
        record: ReaderRecord = _ADAPTERS[kind].validate_json(written)
    except ValidationError as error:
        detail = f"another version of the program wrote it: {error.errors()[0]['msg']}"
        return Problem(place, Reason.NOT_STORED, detail)
    return replace(record, archived=archived or b"") if isinstance(record, Article) else record


def write_extracted(extracted: Extracted | None) -> str:
    """What a text gave, as JSON: a list of proposals, or a string that says what failed.

    None if it was not extracted, because it seemed to be stored already.
    """
    return _EXTRACTED.dump_json(extracted).decode()


def read_extracted(written: str) -> Extracted | None:
    """What a text gave; None if it was not extracted, or this version cannot read what it gave."""
    try:
        return _EXTRACTED.validate_json(written)
    except ValidationError:
        return None
