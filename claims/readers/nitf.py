"""NITF 3: one news story as XML, as many agencies have sent for two decades.

The outlet is the publication that the document names, else who distributes it, else the holder of
its copyright, else the registrar of its id, which is the agency.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from lxml import etree

from claims.model.article import Article, ReaderRecord
from claims.model.notice import Embargo, Notice, NoticeKind
from claims.model.problem import Problem, Reason
from claims.readers.credit import credit_of
from claims.readers.embargo import printed_embargo, read_embargo
from claims.readers.jsonl import moment_of
from claims.readers.nitf_parts import NitfBody, nitf_body
from claims.readers.options import ReadOptions
from claims.readers.wire_notices import (
    WireSubject,
    code_of,
    note_notices,
    settled,
    signal_notices,
    status_notices,
)
from claims.readers.xml_text import line_of
from claims.readers.xml_tree import XML_LANG, child, children, local, parse_xml
from claims.text.clean import clean_line

READER = "nitf/1"
MEDIA_TYPE = "application/nitf+xml"
SHOWN = 200


def read_nitf(location: str, raw: bytes, options: ReadOptions) -> Iterator[ReaderRecord]:
    """The article, or its notices if that is all there is, and the problems with it."""
    root = parse_xml(location, raw)
    if isinstance(root, Problem):
        yield root
    elif local(root) != "nitf":
        yield Problem(location, Reason.BAD_XML, f"the root is <{local(root)[:SHOWN]}>, not <nitf>")
    else:
        yield from _read(location, raw, root, options)


def _read(
    location: str, raw: bytes, nitf: etree._Element, options: ReadOptions
) -> Iterator[ReaderRecord]:
    dates: dict[str, datetime] = {}
    for name, value in _date_values(nitf):
        try:
            dates[name] = moment_of(value)
        except ValueError:
            detail = "the date cannot be read; it was left out"
            yield Problem(location, Reason.BAD_DATE, detail, field=name, value=value[:SHOWN])
    body = nitf_body(nitf)
    docdata = child(nitf, "head", "docdata")
    subject = _subject(location, nitf, body, dates=dates, options=options)
    notices = _notices(subject, docdata)
    if body.text:
        yield _article(raw, nitf, body, subject=subject, dates=dates, options=options)
        yield from (notice for notice in notices if notice.external_id != subject.external_id)
        return
    orders = [notice for notice in notices if notice.kind is not NoticeKind.RESTORE]
    yield from orders
    if not orders:
        yield Problem(location, Reason.EMPTY, "no body.content with a text in it")


def _article(
    raw: bytes,
    nitf: etree._Element,
    body: NitfBody,
    *,
    subject: WireSubject,
    dates: Mapping[str, datetime],
    options: ReadOptions,
) -> Article:
    docdata = child(nitf, "head", "docdata")
    published = dates.get("date.issue") or dates.get("date.publication")
    notices = _notices(subject, docdata)
    return Article(
        text=body.text,
        reader=READER,
        place=subject.place,
        archived=raw,
        external_id=subject.external_id,
        url=subject.url,
        outlet=subject.outlet,
        title=body.headline or line_of(child(nitf, "head", "title")) or options.title,
        byline=body.byline,
        published_at=published or options.published_at,
        language=clean_line(nitf.get(XML_LANG) or nitf.get("baselang") or "") or "en",
        media_type=MEDIA_TYPE,
        publisher_version=_version(docdata),
        publisher_time=subject.issued_at,
        embargo=_embargo(docdata),
        # Who distributes what another publishes is whom that one has it from.
        credit=credit_of([body.distributor], subject.outlet),
        notices=tuple(it for it in notices if it.external_id == subject.external_id),
    )


def _subject(
    location: str,
    nitf: etree._Element,
    body: NitfBody,
    *,
    dates: Mapping[str, datetime],
    options: ReadOptions,
) -> WireSubject:
    docdata = child(nitf, "head", "docdata")
    names = (
        _value(child(nitf, "head", "pubdata"), "name"),
        body.distributor,
        _value(child(docdata, "doc.copyright"), "holder"),
        _value(child(docdata, "doc-id"), "regsrc"),
    )
    return WireSubject(
        place=location,
        external_id=_value(child(docdata, "doc-id"), "id-string"),
        url=options.url,
        outlet=next(filter(None, names), options.outlet),
        issued_at=dates.get("revision") or dates.get("date.issue"),
    )


def _notices(subject: WireSubject, docdata: etree._Element | None) -> tuple[Notice, ...]:
    """What it says of itself and of another document, which `management-doc-idref` names."""
    notes = " ".join(filter(None, (_value(it, "info") for it in children(docdata, "ed-msg"))))
    kinds = filter(None, (_value(it, "msg-type") for it in children(docdata, "ed-msg")))
    status = _value(docdata, "management-status")
    notices = [
        *status_notices(subject, "nitf-management", status, notes),
        *signal_notices(subject, "nitf-ed-msg", kinds),
        *note_notices(subject, "nitf-ed-msg", notes),
    ]
    for correction in children(docdata, "correction"):
        words = _value(correction, "info") or "correction"
        notices.append(subject.notice(NoticeKind.CORRECT, "nitf-correction", words))
    other = _value(docdata, "management-doc-idref")
    if other is None:
        return settled(notices)
    about = WireSubject(subject.place, other, None, subject.outlet, issued_at=subject.issued_at)
    other_status = _value(docdata, "management-idref-status") or status
    of_other = status_notices(about, "nitf-management", other_status, notes)
    return (*settled(notices), *settled(of_other))


def _embargo(docdata: etree._Element | None) -> Embargo | None:
    release = child(docdata, "date.release")
    words = _value(release, "norm")
    if words:
        return read_embargo(words)
    if code_of(_value(docdata, "management-status")) == "embargoed":
        return Embargo("embargoed", None)
    return printed_embargo(_value(it, "info") or "" for it in children(docdata, "ed-msg"))


def _version(docdata: etree._Element | None) -> int | None:
    version = _value(child(docdata, "du-key"), "version") or ""
    return int(version) if version.isdecimal() else None


def _date_values(nitf: etree._Element) -> Iterator[tuple[str, str]]:
    head = child(nitf, "head")
    issue = _value(child(head, "docdata", "date.issue"), "norm")
    publication = _value(child(head, "pubdata"), "date.publication")
    revisions = [_value(it, "norm") for it in children(head, "revision-history")]
    newest = max(filter(None, revisions), default=None)
    named = (("date.issue", issue), ("date.publication", publication), ("revision", newest))
    yield from ((name, value) for name, value in named if value)


def _value(element: etree._Element | None, name: str) -> str | None:
    """An attribute on one line; None if it is missing or empty."""
    return None if element is None else clean_line(element.get(name) or "") or None
