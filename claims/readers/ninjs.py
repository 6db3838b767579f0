"""ninjs 1, 2 and 3: news items as JSON objects.

The outlet is who sends the item out: the information source whose role says that it provides or
publishes, else the copyright holder. Other information sources are where the agency has it from.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from claims.model.article import Article, ReaderRecord
from claims.model.notice import Embargo, Notice, NoticeKind
from claims.model.problem import Problem, Reason
from claims.readers.credit import credit_of
from claims.readers.embargo import printed_embargo, read_embargo
from claims.readers.jsonl import parse_json
from claims.readers.ninjs_fields import NinjsFields
from claims.readers.options import ReadOptions
from claims.readers.plain import decode
from claims.readers.wire_notices import WireSubject, note_notices, settled, status_notices
from claims.text.clean import clean_line

READER = "ninjs/1"
MEDIA_TYPE = "application/json"
DATES = ("firstcreated", "contentcreated", "versioncreated")
"""In this order: the first is when it was published."""
SHOWN = 200


def read_ninjs(location: str, raw: bytes, options: ReadOptions) -> Iterator[ReaderRecord]:
    """The article of one object, its notices if that is all there is, and the problems with it."""
    text = decode(location, raw.removeprefix(b"\xef\xbb\xbf"))
    if isinstance(text, Problem):
        yield text
        return
    try:
        fields = parse_json(text)
    except ValueError as error:
        yield Problem(location, Reason.BAD_JSON, clean_line(str(error))[:SHOWN])
        return
    if not isinstance(fields, Mapping):
        yield Problem(location, Reason.BAD_JSON, "it is not an object")
        return
    by_name = NinjsFields({name.lower(): value for name, value in fields.items()})
    yield from _read_fields(location, raw, by_name, options)


def _read_fields(
    location: str, raw: bytes, fields: NinjsFields, options: ReadOptions
) -> Iterator[ReaderRecord]:
    dates: dict[str, datetime] = {}
    for name in DATES:
        try:
            moment = fields.moment(name)
        except ValueError:
            value = (fields.line(name) or "")[:SHOWN]
            detail = "the date cannot be read; it was left out"
            yield Problem(location, Reason.BAD_DATE, detail, field=name, value=value)
        else:
            dates |= {name: moment} if moment else {}
    article = _article(location, raw, fields, dates=dates, options=options)
    if article.text:
        yield article
        return
    orders = [it for it in article.notices if it.kind is not NoticeKind.RESTORE]
    yield from orders
    if not orders:
        kind = fields.line("type")
        detail = f"a ninjs object of type {kind[:SHOWN]}" if kind else "a ninjs object"
        yield Problem(location, Reason.EMPTY, f"{detail} without a body")


def _article(
    location: str,
    raw: bytes,
    fields: NinjsFields,
    *,
    dates: Mapping[str, datetime],
    options: ReadOptions,
) -> Article:
    published = [dates[name] for name in DATES if name in dates]
    addresses = fields.addresses()
    url = addresses[0] if addresses else options.url
    version = fields.line("version") or ""
    outlet = fields.outlet() or options.outlet
    subject = WireSubject(
        location, fields.line("uri"), url, outlet, issued_at=dates.get("versioncreated")
    )
    return Article(
        text=fields.text(),
        reader=READER,
        place=location,
        archived=raw,
        external_id=subject.external_id,
        url=url,
        outlet=outlet,
        title=fields.headline() or options.title or fields.line("title"),
        byline=fields.line("byline", "by"),
        published_at=next(iter(published), options.published_at),
        language=fields.line("language") or "en",
        media_type=MEDIA_TYPE,
        other_urls=addresses[1:],
        other_ids=fields.other_ids(),
        evolved_from=fields.line("evolvedfrom"),
        publisher_version=int(version) if version.isdecimal() else None,
        publisher_time=subject.issued_at,
        embargo=_embargo(fields),
        credit=credit_of(fields.credits(), outlet),
        notices=_notices(subject, fields),
    )


def _notices(subject: WireSubject, fields: NinjsFields) -> tuple[Notice, ...]:
    note = fields.line("ednote") or ""
    status = status_notices(subject, "ninjs-pubstatus", fields.line("pubstatus"), note)
    return settled([*status, *note_notices(subject, "ninjs-ednote", note)])


def _embargo(fields: NinjsFields) -> Embargo | None:
    words = fields.line("embargoeduntil", "embargoed")
    if words:
        return read_embargo(words)
    return printed_embargo([fields.line("ednote") or ""])
