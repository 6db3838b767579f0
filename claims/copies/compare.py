"""Keeps what articles have in common up to date: which text is a copy of which original.

A text depends on the originals that were published before it, on nothing else. So what changed is
compared in the order of publication, and whoever comes later and may come out otherwise is compared
again after it: the result does not depend on the order in which articles arrived
(docs/decisions/0014-copies.md).
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import heappop, heappush
from typing import Any

from sqlalchemy.orm import Session

from claims.comparison.copies import compare_settled
from claims.comparison.credits import find_credit
from claims.comparison.place import place_of
from claims.copies.texts import QUERIES, StoredText, Texts, text_id


@dataclass(frozen=True, slots=True)
class DueDocument:
    """A document as it is to be compared.

    Attributes:
        printed: The text of its current version.
        copy_of: What people settled that it is printed from; itself for a report of its own.
        old_text: The text that it was compared with last; None if it never was.
        field: Whom its publisher's fields name.
    """

    id: uuid.UUID
    published_at: datetime | None
    byline: str | None
    copy_of: uuid.UUID | None
    version: uuid.UUID
    printed: str
    old_text: uuid.UUID | None
    field: str | None


def compare_documents(session: Session, documents: Sequence[uuid.UUID]) -> int:
    """Compare documents that are due, and what they change, in the caller's transaction.

    Until it commits, whoever else compares waits.

    Args:
        session: A writing session.
        documents: Any documents; those that are not due are left.

    Returns:
        How many were due.
    """
    session.execute(QUERIES["hold_head"])
    due = list(session.scalars(QUERIES["hold_due"], {"documents": list(documents)}))
    if due:
        comparison = _Comparison(session)
        rows = session.execute(QUERIES["documents"], {"documents": due}).all()
        if rows:
            comparison.enter([DueDocument(*row) for row in rows])
        comparison.finish()
        session.execute(QUERIES["forget_due"], {"documents": due})
    return len(due)


class _Comparison:
    """What is to be compared yet, the earliest first."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.texts = Texts(session)
        self.queue: list[tuple[uuid.UUID, uuid.UUID]] = []
        self.queued: set[uuid.UUID] = set()
        self.new: set[uuid.UUID] = set()
        """Texts without fingerprints at their place."""
        self.entered: set[uuid.UUID] = set()
        """Texts that documents joined, left or moved."""
        self.changed: set[uuid.UUID] = set()
        """Texts whose original changed."""
        self.settled: set[uuid.UUID] = set()
        """Documents that people settled as copies."""
        self.gone: set[uuid.UUID] = set()
        """Texts that no document has any more."""
        self.settled_at: dict[uuid.UUID, StoredText] = {}
        """Texts that entered, as they are stored until they are compared."""

    def enter(self, documents: Sequence[DueDocument]) -> None:
        """Note which text each document has now."""
        rows = list(map(self._document_text, documents))
        columns = {name: [row[name] for row in rows] for name in rows[0]}
        self.texts.added.update(self.session.scalars(QUERIES["set_documents"], columns))
        self.new |= self.texts.added
        for document, text in zip(documents, columns["text"], strict=True):
            self.entered.add(text)
            if document.copy_of is not None:
                self.settled.add(document.id)
            if document.old_text is not None and document.old_text != text:
                self.entered.add(document.old_text)

    def _document_text(self, document: DueDocument) -> dict[str, Any]:
        prepared = self.texts.prepare(document.printed)
        text = text_id(document.id, document.copy_of, prepared)
        self.texts.keep(text, prepared)
        credit = find_credit(document.printed, document.byline, document.field)
        return {
            "document": document.id,
            "version": document.version,
            "text": text,
            "place": place_of(document.published_at, document.id),
            "words": len(prepared.words),
            "credit": credit.name if credit else None,
            "credit_rule": str(credit.rule) if credit else None,
            "credit_words": credit.words if credit else None,
        }

    def finish(self) -> None:
        """Compare all that is to be compared."""
        entered = self.texts.load(*self.entered)
        affected = {text for stored in entered for text in self._settle_place(stored)}
        # Only now, as some of these have moved: the queue's order is that of where they are now.
        self._push((text, self.settled_at[text].place) for text in affected & set(self.settled_at))
        self._push(self.texts.places(affected - set(self.settled_at)))
        while self.queue:
            _, text = heappop(self.queue)
            self.queued.discard(text)
            if text not in self.gone:
                self._compare(text)
        self._follow_people()
        if self.gone:
            self.session.execute(QUERIES["forget_texts"], {"texts": list(self.gone)})

    def _settle_place(self, stored: StoredText) -> set[uuid.UUID]:
        """A text stands where the first of its documents does, and is gone with the last.

        Returns:
            The texts that are to be compared because of it.
        """
        text, first = stored.id, stored.first
        if first is None:
            self.gone.add(text)
            affected = self._leave(stored) | self.texts.copied_from(text)
            self.texts.save_copies(text, ())
            # Its place may be another's by now.
            self._move(text, text, stored.version)
            return affected
        affected = set()
        if first.place != stored.place and text not in self.new:
            affected = self._leave(stored)
            self.new.add(text)
        if (first.place, first.version) != (stored.place, stored.version):
            self._move(text, first.place, first.version)
        if text in self.new or stored.settled is not None:
            affected.add(text)
        self.settled_at[text] = replace(stored, place=first.place, version=first.version)
        return affected

    def _move(self, text: uuid.UUID, place: uuid.UUID, version: uuid.UUID) -> None:
        values = {"text": text, "place": place, "version": version}
        self.session.execute(QUERIES["move_text"], values)

    def _leave(self, stored: StoredText) -> set[uuid.UUID]:
        """A text no longer stands at its place; returns whom that may change."""
        affected: set[uuid.UUID] = set()
        if stored.is_original:
            affected = {id_ for id_, _ in self.texts.dependents(stored.id, stored.place)}
        hashes = self.texts.hashes(stored.id)
        values = {"hashes": hashes, "place": stored.place}
        self.session.execute(QUERIES["forget_fingerprints"], values)
        return affected

    def _push(self, texts: Iterable[tuple[uuid.UUID, uuid.UUID]]) -> None:
        for text, place in texts:
            if text not in self.queued:
                self.queued.add(text)
                heappush(self.queue, (place, text))

    def _compare(self, text: uuid.UUID) -> None:
        stored = self.settled_at.pop(text, None) or self.texts.load(text)[0]
        is_original, copies = self.texts.judge(stored)
        is_new = text in self.new
        self.texts.mark(stored, is_original=is_original, is_new=is_new)
        self.new.discard(text)
        if is_original != stored.is_original or (is_new and is_original):
            self._push(self.texts.dependents(text, stored.place))
        if not stored.is_settled_copy:
            replaced = self.texts.save_copies(text, copies)
            if replaced or is_new or is_original != stored.is_original:
                self.changed.add(text)

    def _follow_people(self) -> None:
        """What people settled as a copy follows what it is a copy of, wherever that leads now."""
        pending, changed = self.settled, self.changed | self.entered
        while pending or changed:
            if changed:
                values = {"texts": list(changed)}
                pending |= set(self.session.scalars(QUERIES["settled_on"], values))
            changed = set()
            for document in sorted(pending):
                text = self._save_settled(document)
                if text is not None:
                    changed.add(text)
            pending = set()

    def _save_settled(self, document: uuid.UUID) -> uuid.UUID | None:
        """Save what a settled copy has from its original; its text if that changed."""
        row = self.session.execute(QUERIES["settled"], {"document": document}).one_or_none()
        if row is None or row.original is None or row.original == row.text:
            return None
        text = self.texts.prepared(row.text)
        copy = compare_settled(text, row.original, self.texts.prepared(row.original))
        return row.text if self.texts.save_copies(row.text, [copy]) else None
