"""The public site: what is published, as files that any web server hands out.

Only claims of the default export are on it. Their pages are those of the desk as strangers see
them, without whatever else is not on the site; the other pages are made of the export itself.
"""

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import ClassVar

from starlette.responses import HTMLResponse

from claims import __version__
from claims.database.engine import OpenSession
from claims.desk.claim import load_public_page
from claims.desk.desk import Desk
from claims.desk.embed import EmbedPage, oembed_of
from claims.desk.feeds import (
    FeedEntry,
    write_atom,
    write_json_feed,
    write_robots,
    write_sitemaps,
)
from claims.desk.pages import STATIC, Page, render
from claims.exchange.rows import copy_lines
from claims.exchange.selection import Selection
from claims.ledger.append import load_end
from claims.ledger.find import LedgerFilters, find_entries
from claims.model.reported import reported

MARK = "site.json"
"""The file that every site of ours has: a folder without it is never replaced."""

PAGE = 100
"""Claims that a page lists."""

NEW = 50
"""Claims in a feed."""

SCANNED = 5_000
"""Decisions that are looked through for new claims."""

LONGEST_TITLE = 120
"""Characters of a claim's title in feeds."""

STATIC_FILES = ("desk.css", "mark.svg")


@dataclass(frozen=True, slots=True)
class SiteClaim:
    """A claim of the export, as lists of the site have it."""

    claim: uuid.UUID
    speaker_id: str | None
    speaker: str
    words: str
    outlet: str | None
    day: date | None
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    """A page of a list of claims.

    Attributes:
        title: What is listed.
        about: A sentence about it.
        claims: The claims, the latest first.
        before: The address of the page before; empty on the first.
        after: That of the next; empty on the last.
    """

    template: ClassVar[str] = "site_list.html"
    here: ClassVar[str] = "claims"
    title: str
    about: str
    claims: Sequence[SiteClaim]
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakersPage(Page):
    """Everybody who is published to have said something."""

    template: ClassVar[str] = "site_speakers.html"
    here: ClassVar[str] = "sources"
    speakers: Sequence[tuple[str, str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingPage(Page):
    """What a server shows for an address that is not there."""

    template: ClassVar[str] = "site_missing.html"


@dataclass(slots=True)
class Site:
    """A site that is being written.

    Attributes:
        desk: Whose claims; its origin is the site's address.
        folder: Where to.
        paths: The addresses of its pages so far, for the sitemap.
    """

    desk: Desk
    folder: Path
    paths: list[str] = field(default_factory=list)

    def write(self, path: str, page: Page) -> None:
        """Write a page as the index of its folder."""
        self.write_file(f"{path}index.html", bytes(_rendered(self.desk, page).body))
        self.paths.append(f"/{path}")

    def write_file(self, path: str, content: bytes) -> None:
        """Write a file."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _rendered(desk: Desk, page: Page) -> HTMLResponse:
    return render(desk, page)


def write_site(desk: Desk, folder: Path) -> int:
    """Write the site into a folder that exists and is empty; returns how many claims are on it."""
    site = Site(replace(desk, is_site=True, read_only=True, entrance=None), folder)
    with desk.database.reader() as session:
        claims = sorted(_load_claims(session), key=_newest_first)
        published = frozenset(one.claim for one in claims)
        for claim in claims:
            _write_claim(site, session, claim, published)
        _write_lists(site, claims)
        entries = _load_new(session, claims)
        end = load_end(session)
        site.folder.joinpath("claims.jsonl").write_bytes(b"".join(copy_lines(session, Selection())))
    _write_around(site, entries)
    facts = {"claims": len(claims), "decision": end.no, "head": end.digest, "tool": __version__}
    site.write_file(MARK, json.dumps(facts, indent=1).encode() + b"\n")
    return len(claims)


def _load_claims(session: OpenSession) -> Iterator[SiteClaim]:
    """The claims of the default export."""
    for line in copy_lines(session, Selection()):
        row = json.loads(line)
        modes = [(hop["source"] or "somebody", hop["mode"]) for hop in row["chain"]]
        yield SiteClaim(
            claim=uuid.UUID(row["claim"]),
            speaker_id=row["speaker_id"],
            speaker=row["speaker"] or "nobody named",
            words=reported(row["statement"] or row["content"], modes),
            outlet=row["outlet"],
            day=date.fromisoformat(row["day"]) if row["day"] else None,
            revision=row["revision"],
        )


def _newest_first(one: SiteClaim) -> tuple[int, str]:
    return (-one.day.toordinal() if one.day else 0, str(one.claim))


def _write_claim(
    site: Site, session: OpenSession, claim: SiteClaim, published: frozenset[uuid.UUID]
) -> None:
    """A claim's page at its address and at that of its revision, its card, and its oEmbed."""
    page = load_public_page(session, site.desk, claim.claim, among=published)
    site.write(f"claims/{claim.claim}/", page)
    lasting = bytes(_rendered(site.desk, page).body)
    site.write_file(f"claims/{claim.claim}@{claim.revision}/index.html", lasting)
    card = EmbedPage(card=page.card)
    embedded = bytes(_rendered(site.desk, card).body)
    site.write_file(f"claims/{claim.claim}/embed/index.html", embedded)
    oembed = json.dumps(oembed_of(site.desk, page.card)).encode()
    site.write_file(f"claims/{claim.claim}/oembed.json", oembed)


def _write_lists(site: Site, claims: Sequence[SiteClaim]) -> None:
    """All claims, and those of each speaker, in pages."""
    about = f"{_published(len(claims))}, the latest day first."
    _write_list(site, "", "Published claims", about, claims=claims)
    by_speaker = sorted(
        (one for one in claims if one.speaker_id), key=lambda one: one.speaker_id or ""
    )
    speakers: list[tuple[str, str, int]] = []
    for speaker, group in groupby(by_speaker, key=lambda one: one.speaker_id or ""):
        own = list(group)
        about = f"{_published(len(own))}."
        _write_list(site, f"sources/{speaker}/", own[0].speaker, about, claims=own)
        speakers.append((speaker, own[0].speaker, len(own)))
    speakers.sort(key=lambda one: one[1].casefold())
    site.write("sources/", SpeakersPage(speakers=speakers))


def _published(number: int) -> str:
    return f"{number} published {'claim' if number == 1 else 'claims'}"


def _write_list(
    site: Site, path: str, title: str, about: str, *, claims: Sequence[SiteClaim]
) -> None:
    pages = max(1, -(-len(claims) // PAGE))
    paths = [path, *(f"{path}page/{number}/" for number in range(2, pages + 1))]
    for number, here in enumerate(paths):
        page = ListPage(
            title=title,
            about=about,
            claims=claims[number * PAGE : (number + 1) * PAGE],
            before=f"/{paths[number - 1]}" if number else "",
            after=f"/{paths[number + 1]}" if number + 1 < pages else "",
        )
        site.write(here, page)


def _load_new(session: OpenSession, claims: Sequence[SiteClaim]) -> list[FeedEntry]:
    """The claims that were decided on last, the latest first."""
    by_id = {one.claim: one for one in claims}
    entries: dict[uuid.UUID, FeedEntry] = {}
    before, seen = None, 0
    while len(entries) < NEW and seen < SCANNED:
        decisions = find_entries(session, LedgerFilters(kind="claim"), limit=500, before=before)
        for decision in decisions:
            claim = by_id.get(decision.decision.subject)
            if claim is not None and claim.claim not in entries and len(entries) < NEW:
                entries[claim.claim] = _entry(claim, decision.at)
        if not decisions:
            break
        before, seen = decisions[-1].no, seen + len(decisions)
    return list(entries.values())


def _entry(claim: SiteClaim, at: datetime) -> FeedEntry:
    title = f"{claim.speaker}: {claim.words}"
    printed = ", ".join(filter(None, (claim.outlet, claim.day.isoformat() if claim.day else "")))
    return FeedEntry(
        claim=claim.claim,
        title=title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…",
        summary=f"{title} ({printed or 'outlet not named'})",
        at=at.astimezone(UTC),
    )


def _write_around(site: Site, entries: Sequence[FeedEntry]) -> None:
    """Feeds, sitemap, the file for robots, the style sheet, the page of what is not there."""
    origin = site.desk.origin
    files: Mapping[str, bytes] = {
        "feed.atom": write_atom(origin, entries, datetime.now(UTC)),
        "feed.json": write_json_feed(origin, entries),
        "robots.txt": write_robots(origin),
        "404.html": bytes(_rendered(site.desk, MissingPage()).body),
        **write_sitemaps(origin, site.paths),
        **{f"static/{name}": (STATIC / name).read_bytes() for name in STATIC_FILES},
    }
    for name, content in files.items():
        site.write_file(name, content)
