"""Texts as they are stored for comparison: read, prepared, moved and judged; the caller commits."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import insert
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from claims.comparison.copies import SHORT, ComparedText, Copy, find_copies, prepare
from claims.comparison.signature import digest_words, sign
from claims.database.ranges import to_multirange
from claims.database.statements import read_statements
from claims.model.identity import derived_id
from claims.schema import CopyRow

QUERIES = {
    name: sql(statement)
    for name, statement in read_statements("claims.copies", "compare.sql").items()
}
"""The statements of compare.sql by name."""

COMMON = 50
"""Originals that may have a run before it is no evidence any more: it is boilerplate."""

SHARED = 4
"""Sampled runs that two texts must share before their words are compared."""

MOST = 8
"""Earlier originals that are compared with a text: those that share most of its runs."""

LAST = uuid.UUID(int=(1 << 128) - 1)

AT_HAND = 500
"""Prepared texts that are kept in memory."""


@dataclass(frozen=True, slots=True)
class FirstDocument:
    """Of the documents with a text the one that was published first."""

    id: uuid.UUID
    place: uuid.UUID
    version: uuid.UUID


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text as it is stored.

    Attributes:
        id: Its id.
        place: Where it stood when it was compared last.
        first: Its first document; None if no document has it any more.
        settled: The document that people say it is printed from; itself for a report of its own.
    """

    id: uuid.UUID
    place: uuid.UUID
    version: uuid.UUID
    is_original: bool
    first: FirstDocument | None
    settled: uuid.UUID | None

    @property
    def is_settled_copy(self) -> bool:
        """Whether a person says what it is printed from."""
        return self.settled is not None and self.first is not None and self.settled != self.first.id


def text_id(document: uuid.UUID, copy_of: uuid.UUID | None, prepared: ComparedText) -> uuid.UUID:
    """The id of a document's text: made from its words if they say what it is.

    What people settled is about one document, and a few words are shared by chance.
    """
    words = digest_words(prepared.words.folded).hex()
    if copy_of is not None:
        return derived_id("compared_text", "settled", str(document), words)
    if len(prepared.words) < SHORT:
        return derived_id("compared_text", "short", str(document), words)
    return derived_id("compared_text", words)


class Texts:
    """Texts in one transaction, with those that were prepared kept at hand."""

    def __init__(self, session: Session) -> None:
        """Begin with none prepared."""
        self.session = session
        self.added: set[uuid.UUID] = set()
        """Texts that were not stored before, so that they have no copies yet."""
        self._prepared: dict[uuid.UUID, ComparedText] = {}
        self._hashes: dict[uuid.UUID, list[int]] = {}
        """Of the texts that were judged last: each is asked for its runs three times."""
        self._last: tuple[str, ComparedText] | None = None

    def prepare(self, printed: str) -> ComparedText:
        """Prepare a printed text; once, if one article after the other has it letter by letter."""
        if self._last is None or self._last[0] != printed:
            self._last = printed, prepare(printed)
        return self._last[1]

    def keep(self, text: uuid.UUID, prepared: ComparedText) -> None:
        """Keep a prepared text."""
        if len(self._prepared) >= AT_HAND:
            self._prepared.pop(next(iter(self._prepared)))
        self._prepared[text] = prepared

    def prepared(self, text: uuid.UUID) -> ComparedText:
        """A text ready to be compared."""
        if text not in self._prepared:
            printed = self.session.execute(QUERIES["printed"], {"text": text}).scalar_one()
            self.keep(text, prepare(printed))
        return self._prepared[text]

    def _prepared_each(self, texts: Sequence[uuid.UUID]) -> list[tuple[uuid.UUID, ComparedText]]:
        """Texts ready to be compared, in their order; those that are not at hand read at once."""
        away = [text for text in texts if text not in self._prepared]
        if away:
            for id_, printed in self.session.execute(QUERIES["printed_each"], {"texts": away}):
                self.keep(id_, prepare(printed))
        return [(text, self.prepared(text)) for text in texts]

    def hashes(self, text: uuid.UUID) -> list[int]:
        """The sampled runs of a text; none of one that is too short to be compared."""
        if text not in self._hashes:
            words = self.prepared(text).words
            if len(self._hashes) >= AT_HAND:
                self._hashes.clear()
            self._hashes[text] = list(sign(words.folded)) if len(words) >= SHORT else []
        return self._hashes[text]

    def load(self, *texts: uuid.UUID) -> list[StoredText]:
        """Texts as they are stored, in the order of their places."""
        rows = self.session.execute(QUERIES["texts"], {"texts": list(texts)}).all()
        return [
            self._without_due(
                StoredText(
                    row.id, row.place, row.version, row.is_original,
                    FirstDocument(row.first, row.first_place, row.first_version)
                    if row.first else None,
                    row.copy_of,
                )
            )
            for row in rows
        ]  # fmt: skip

    def _without_due(self, stored: StoredText) -> StoredText:
        """A text whose first document is due is, until that is compared, one of those with it."""
        first, settled = stored.first, stored.settled
        if first and settled and stored.id != text_id(first.id, settled, self.prepared(stored.id)):
            return replace(stored, settled=None)
        return stored

    def judge(self, stored: StoredText) -> tuple[bool, tuple[Copy, ...]]:
        """Whether a text is an original, and what it has from earlier ones."""
        prepared = self.prepared(stored.id)
        if len(prepared.words) < SHORT:
            return False, ()
        if stored.settled is not None:
            return not stored.is_settled_copy, ()
        copies = find_copies(prepared, self._prepared_each(self._candidates(stored)))
        return all(not copy.is_copy for copy in copies), copies

    def _candidates(self, stored: StoredText) -> list[uuid.UUID]:
        values = {
            "hashes": self.hashes(stored.id), "place": stored.place,
            "common": COMMON, "shared": SHARED, "most": MOST,
        }  # fmt: skip
        return list(self.session.scalars(QUERIES["candidates"], values))

    def dependents(self, text: uuid.UUID, place: uuid.UUID) -> list[tuple[uuid.UUID, uuid.UUID]]:
        """Later texts that may come out otherwise, with their places."""
        values = {
            "hashes": self.hashes(text), "place": place,
            "common": COMMON, "shared": SHARED, "last": LAST,
        }  # fmt: skip
        return [(row.id, row.place) for row in self.session.execute(QUERIES["dependents"], values)]

    def copied_from(self, text: uuid.UUID) -> set[uuid.UUID]:
        """Texts that have something of a text."""
        return set(self.session.scalars(QUERIES["copied_from"], {"text": text}))

    def places(self, texts: Collection[uuid.UUID]) -> list[tuple[uuid.UUID, uuid.UUID]]:
        """Texts with their places."""
        if not texts:
            return []
        rows = self.session.execute(QUERIES["places"], {"texts": list(texts)})
        return [(row.id, row.place) for row in rows]

    def save_copies(self, text: uuid.UUID, copies: Sequence[Copy]) -> bool:
        """Save what a text has from originals; returns whether anything changed."""
        rows = {
            copy.original: {
                "text": text, "kind": str(copy.kind), "original": copy.original,
                "share": copy.overlap.share, "narration": copy.overlap.narration,
                "spans": to_multirange(copy.passages),
            }
            for copy in copies
        }  # fmt: skip
        stored = {} if text in self.added else self._stored_copies(text)
        self.added.discard(text)
        if {id_: (row["kind"], row["spans"]) for id_, row in rows.items()} == stored:
            return False
        if stored:
            self.session.execute(QUERIES["forget_copies"], {"text": text})
        if rows:
            self.session.execute(insert(CopyRow), list(rows.values()))
        return True

    def _stored_copies(self, text: uuid.UUID) -> dict[uuid.UUID, tuple[str, str]]:
        rows = self.session.execute(QUERIES["copies"], {"text": text})
        return {row.original: (row.kind, row.spans) for row in rows}

    def mark(self, stored: StoredText, *, is_original: bool, is_new: bool) -> None:
        """Write whether a text is an original, there and at its runs."""
        is_other = is_original != stored.is_original
        if not (is_new or is_other):
            return
        values = {
            "text": stored.id, "hashes": self.hashes(stored.id), "place": stored.place,
            "is_original": is_original,
        }  # fmt: skip
        self.session.execute(QUERIES["add_fingerprints" if is_new else "mark_fingerprints"], values)
