"""NewsML-G2: news items as XML, alone or several in a news message.

The outlet is the provider, who publishes the item; without a name, the holder of its copyright.
`infoSource` is where the provider has it from.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from claims.model.article import Article, ReaderRecord
from claims.model.notice import Embargo, Notice, NoticeKind
from claims.model.problem import Problem, Reason
from claims.readers.credit import credit_of
from claims.readers.embargo import printed_embargo, read_embargo
from claims.readers.jsonl import moment_of
from claims.readers.newsml_content import NewsmlContent, newsml_content
from claims.readers.options import ReadOptions
from claims.readers.web_address import web_address
from claims.readers.wire_notices import (
    WireSubject,
    note_notices,
    settled,
    signal_notices,
    status_notices,
)
from claims.readers.xml_text import line_of
from claims.readers.xml_tree import XML_LANG, child, children, local, parse_xml
from claims.text.clean import clean_line

if TYPE_CHECKING:
    from datetime import datetime

READER = "newsml/1"
MEDIA_TYPE = "application/vnd.iptc.g2.newsitem+xml"
ITEMS = (
    "newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem"
)  # fmt: skip
DATES = ("firstCreated", "contentCreated", "versionCreated")
"""In this order: the first is when it was published."""
SHOWN = 200


def read_newsml(location: str, raw: bytes, options: ReadOptions) -> Iterator[ReaderRecord]:
    """The records of a document: of each of its items."""
    root = parse_xml(location, raw)
    if isinstance(root, Problem):
        yield root
        return
    items = [root] if local(root) in ITEMS else list(root.iterfind("{*}itemSet/{*}*"))
    if not items:
        yield Problem(location, Reason.EMPTY, f"no item in <{local(root)[:SHOWN]}>")
    for number, element in enumerate(items, 1):
        alone = len(items) == 1
        place = location if alone else f"{location}#{number}"
        if local(element) == "newsItem":
            part = None if alone else clean_line(element.get("guid") or "") or str(number)
            yield from _Reading(place, raw, part, element, options=options).records()
        else:
            detail = f"a <{local(element)[:SHOWN]}>, which holds no article"
            yield Problem(place, Reason.EMPTY, detail)


class _Reading:
    """One news item being read."""

    def __init__(
        self,
        place: str,
        raw: bytes,
        part: str | None,
        element: etree._Element,
        *,
        options: ReadOptions,
    ) -> None:
        self._place, self._raw, self._part = place, raw, part
        self._element, self._options = element, options
        self._meta = child(element, "itemMeta")
        self._about = child(element, "contentMeta")
        self._content = newsml_content(child(element, "contentSet"))
        self._dates: dict[str, datetime] = {}

    def records(self) -> Iterator[ReaderRecord]:
        """The article, or its notices if that is all there is, and the problems with it."""
        yield from self._read_dates()
        subject = self._subject()
        notices = self._notices(subject)
        orders = [notice for notice in notices if notice.kind is not NoticeKind.RESTORE]
        if self._content.text:
            yield self._article(subject, self._content, notices)
        elif orders:
            yield from orders
        else:
            yield Problem(self._place, Reason.EMPTY, f"a news item {self._content.why_empty}")

    def _article(
        self, subject: WireSubject, content: NewsmlContent, notices: tuple[Notice, ...]
    ) -> Article:
        options, about = self._options, self._about
        version = clean_line(self._element.get("version") or "")
        published = [self._dates[name] for name in DATES if name in self._dates]
        by = line_of(child(about, "by")) or content.byline or _name(child(about, "creator"))
        return Article(
            text=content.text,
            reader=READER,
            place=self._place,
            archived=self._raw,
            external_id=subject.external_id,
            url=subject.url or options.url,
            outlet=subject.outlet,
            title=line_of(child(about, "headline")) or content.headline or options.title,
            byline=by,
            published_at=next(iter(published), options.published_at),
            language=self._language(),
            media_type=MEDIA_TYPE,
            part=self._part,
            other_ids=self._other_ids(),
            publisher_version=int(version) if version.isdecimal() else None,
            publisher_time=subject.issued_at,
            embargo=self._embargo(),
            credit=credit_of(self._credits(), subject.outlet),
            notices=notices,
        )

    def _subject(self) -> WireSubject:
        provider = child(self._meta, "provider")
        holder = child(self._element, "rightsInfo", "copyrightHolder")
        names = (_name(provider), _name(holder), self._options.outlet, _code_name(provider))
        return WireSubject(
            place=self._place,
            external_id=clean_line(self._element.get("guid") or "") or None,
            url=self._address(),
            outlet=next(filter(None, names), None),
            issued_at=self._dates.get("versionCreated"),
        )

    def _notices(self, subject: WireSubject) -> tuple[Notice, ...]:
        note = self._note()
        return settled(
            (
                *status_notices(
                    subject, "newsml-pubstatus", _code(child(self._meta, "pubStatus")), note
                ),
                *signal_notices(
                    subject,
                    "newsml-signal",
                    filter(None, map(_code, children(self._meta, "signal"))),
                ),
                *note_notices(subject, "newsml-ednote", note),
            )
        )

    def _credits(self) -> Iterator[str | None]:
        """Where the provider has it from."""
        for source in children(self._about, "infoSource"):
            yield _name(source) or _code_name(source)
        yield line_of(child(self._about, "creditline"))

    def _embargo(self) -> Embargo | None:
        embargoed = child(self._meta, "embargoed")
        if embargoed is None:
            return printed_embargo([self._note()])
        # Empty, it names no end: it is said elsewhere, or comes with a later version.
        return read_embargo(line_of(embargoed) or "")

    def _note(self) -> str:
        return " ".join(filter(None, map(line_of, children(self._meta, "edNote"))))

    def _read_dates(self) -> Iterator[Problem]:
        for name in DATES:
            parent = self._about if name == "contentCreated" else self._meta
            value = line_of(child(parent, name))
            try:
                self._dates |= {name: moment_of(value)} if value else {}
            except ValueError:
                detail = "the date cannot be read; it was left out"
                value = (value or "")[:SHOWN]
                yield Problem(self._place, Reason.BAD_DATE, detail, field=name, value=value)

    def _language(self) -> str:
        tag = child(self._about, "language")
        code = None if tag is None else tag.get("tag")
        return clean_line(code or self._element.get(XML_LANG) or "") or "en"

    def _address(self) -> str | None:
        """The item's own page: a link whose relation says so."""
        for link in children(self._meta, "link"):
            relation = clean_line(link.get("rel") or link.get("reluri") or "").lower()
            if relation.endswith(("canonical", "permalink", "webpage")):
                return web_address(link.get("href"))
        return None

    def _other_ids(self) -> tuple[str, ...]:
        ids = filter(None, map(line_of, children(self._about, "altId")))
        return tuple(dict.fromkeys(ids))


def _name(party: etree._Element | None) -> str | None:
    """Of a party: its name, else the literal that stands for it."""
    if party is None:
        return None
    return line_of(child(party, "name")) or clean_line(party.get("literal") or "") or None


def _code_name(party: etree._Element | None) -> str | None:
    """The end of a party's code, `AFP` of `nprov:AFP`; an address is no name."""
    code = None if party is None else party.get("qcode")
    return clean_line(code.rpartition(":")[2]) or None if code else None


def _code(element: etree._Element | None) -> str | None:
    if element is None:
        return None
    values = (element.get(name) for name in ("qcode", "uri", "literal"))
    return next(filter(None, values), None)
