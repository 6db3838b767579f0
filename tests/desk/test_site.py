"""The public site: what is published and not a byte more; feeds, sitemap, cards."""

import json
import re
import uuid
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree, html
from starlette.testclient import TestClient

from claims.database.engine import Database
from claims.desk.desk import Desk
from claims.desk.feeds import FeedEntry, write_atom, write_sitemaps
from claims.desk.site import write_site
from claims.model.notice import Embargo
from tests.desk.conftest import ORIGIN, Sit
from tests.in_process import Ended, connected, run
from tests.makers import proposal, store
from tests.review.conftest import CONTENTS, Room

ADDRESS = "https://claims.example"
EDITOR = ("Mira Secretary", "a private reason", "a hidden opinion", "an inner note")
Claims = list[uuid.UUID]

UNDECIDED = '"the undecided words"'
EMBARGOED = '"the embargoed words"'
WITHDRAWN = '"the withdrawn words"'


def line(words: str) -> str:
    return f"Mayor Ada Quill said {words} on Monday, the Harbour Agency reported.\n"


def print_words(room: Room, words: str, outlet: str, embargo: Embargo | None = None) -> uuid.UUID:
    """A claim in an article of its own."""
    text = line(words)
    [claim] = store(
        room.database, proposal(text, words), text=text, outlet=outlet, place=f"{outlet}.txt",
        url=f"https://{outlet.partition(' ')[0].lower()}.example/", embargo=embargo,
    )  # fmt: skip
    return claim


@pytest.fixture
def claims(room: Room, sit: Sit) -> Claims:
    """Two published claims, beside what must not be published."""
    own = room.store(outlet="The Pier", title="A bridge & <more>", url="https://pier.example/1")
    until = Embargo("2999-01-01", datetime(2999, 1, 1, tzinfo=UTC))
    hidden = [
        print_words(room, UNDECIDED, "Undecided Post"),
        print_words(room, EMBARGOED, "Embargoed Post", until),
        print_words(room, WITHDRAWN, "Withdrawn Post"),
    ]
    mira = EDITOR[0]
    for claim in (own[0], own[1], *hidden[1:]):
        room.act(mira, claim, "accept", reason=EDITOR[1])
    room.act(mira, own[2], "reject", reason=EDITOR[1])
    links = [{"b": str(hidden[0]), "kind": "contradicts"}]
    room.act(mira, own[0], "correct", {"links": links}, reason=EDITOR[1])
    room.act(mira, own[0], "note", reason=EDITOR[3])
    [(document,)] = room.sql(
        "SELECT v.document FROM claims.claim c JOIN claims.document_version v ON v.id = c.version"
        " WHERE c.id = :claim", claim=hidden[2],
    )  # fmt: skip
    editor = sit(mira, f"/documents/{document}")
    editor.press("withdraw", **{"status-reason": EDITOR[2]})
    return [*own, *hidden]


@pytest.fixture
def site(desk: Desk, claims: Claims, tmp_path: Path) -> Path:
    assert claims
    folder = tmp_path / "site"
    folder.mkdir()
    assert write_site(replace(desk, origin=ADDRESS), folder) == 2
    return folder


def test_no_byte_of_what_is_not_published_is_in_any_file(site: Path, claims: Claims) -> None:
    hidden = [
        *EDITOR, UNDECIDED, EMBARGOED, WITHDRAWN, CONTENTS[2], "Undecided Post", "Embargoed Post",
        "Withdrawn Post", *(str(claim) for claim in claims[2:]),
    ]  # fmt: skip
    words = [form for one in hidden for form in (one, one.strip('"'))]
    files = [path for path in site.rglob("*") if path.is_file()]
    assert len(files) > 12
    for path in files:
        content = path.read_text("utf-8")
        assert [one for one in words if one in content] == [], path


def test_one_claim_is_called_one(desk: Desk, room: Room, tmp_path: Path) -> None:
    own = room.store(outlet="The Pier")
    room.act("Mira", own[0], "accept")
    write_site(replace(desk, origin=ADDRESS), tmp_path)
    page = (tmp_path / "index.html").read_text("utf-8")
    assert "1 published claim, the latest day first." in page


def test_every_link_within_the_site_leads_to_a_file(site: Path, claims: Claims) -> None:
    for path in site.rglob("*.html"):
        for address in html.parse(str(path)).xpath("//@href | //@src"):
            local = address.removeprefix(ADDRESS).partition("?")[0].partition("#")[0]
            if local.startswith("/"):
                target = site / local.lstrip("/")
                assert target.is_file() or (target / "index.html").is_file(), (path, address)
    page = (site / f"claims/{claims[0]}/index.html").read_text("utf-8")
    assert "A bridge &amp; &lt;more&gt;" in page
    assert "<form" not in page
    assert "<script src" not in page
    [lasting] = site.glob(f"claims/{claims[0]}@*/index.html")
    assert page == lasting.read_text("utf-8")
    assert len(page.encode()) < 60_000


def test_feeds_and_sitemap_name_each_claim(site: Path, claims: Claims) -> None:
    atom = etree.parse(str(site / "feed.atom"))
    ids = atom.xpath("//*[local-name()='entry']/*[local-name()='id']/text()")
    assert ids == [f"urn:uuid:{claims[0]}", f"urn:uuid:{claims[1]}"], "decided on last, first"
    feed = json.loads((site / "feed.json").read_text("utf-8"))
    assert [one["id"] for one in feed["items"]] == ids
    assert "denies" not in feed["items"][0]["content_text"]
    places = etree.parse(str(site / "sitemap.xml")).xpath("//*[local-name()='loc']/text()")
    assert f"{ADDRESS}/claims/{claims[1]}/" in places
    assert "Sitemap: https://claims.example/sitemap.xml" in (site / "robots.txt").read_text("utf-8")
    lines = (site / "claims.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(one)["claim"] for one in lines} == {str(claim) for claim in claims[:2]}


def test_a_feed_holds_any_words_and_a_sitemap_at_most_what_it_may() -> None:
    at = datetime(2026, 5, 4, tzinfo=UTC)
    entry = FeedEntry(uuid.UUID(int=1), "a\x00\x1b<b>&\ufffe", "x", at)
    atom = etree.fromstring(write_atom(ADDRESS, [entry], at))
    [title] = atom.xpath("//*[local-name()='entry']/*[local-name()='title']/text()")
    assert title == "a��<b>&�"
    files = write_sitemaps(ADDRESS, [f"/{n}" for n in range(50_001)])
    assert {*files} == {"sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"}
    assert files["sitemap-1.xml"].count(b"<loc>") == 50_000


def test_other_sites_show_a_card(claims: Claims, stranger: TestClient) -> None:
    answer = stranger.get(f"/claims/{claims[0]}/embed")
    assert answer.status_code == 200
    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert CONTENTS[0].strip('"') in answer.text
    assert "<script" not in answer.text
    asked = {"url": f"{ORIGIN}/claims/{claims[0]}@1"}
    said = stranger.get("/oembed", params=asked).json()
    assert said["type"] == "rich"
    [source] = re.findall(r'src="([^"]+)"', said["html"])
    assert stranger.get(source.removeprefix(ORIGIN)).status_code == 200
    for url, status in (
        (f"https://evil.example/claims/{claims[0]}", 404), (f"{ORIGIN}/claims/{claims[2]}", 404),
        (f"{ORIGIN}/claims/{claims[5]}", 404),
        ("http://[", 404), ("", 404), (f"{ORIGIN}/claims/{claims[4]}", 404),
    ):  # fmt: skip
        assert stranger.get("/oembed", params={"url": url}).status_code == status, url
    assert stranger.get("/oembed", params={"format": "xml"}).status_code == 501
    for claim in claims[2:]:
        assert stranger.get(f"/claims/{claim}/embed").status_code == 404


def test_the_command_writes_a_site_whole_and_replaces_only_its_own(
    database: Database, tmp_path: Path
) -> None:
    folder, other = tmp_path / "site", tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine", "utf-8")

    def publish(where: Path, *options: str, address: str = ADDRESS) -> Ended:
        return run("desk", "publish", str(where), "--address", address, *options)

    with connected(database):
        assert publish(folder).out == f"0 claims published in {folder}\n"
        assert (folder / "index.html").is_file()
        assert publish(folder).code != 0
        assert publish(folder, "--force").code == 0
        assert publish(other, "--force").code != 0
        for address in ("claims.example", "https://claims.example/below", "ftp://x", "http://["):
            assert publish(tmp_path / "no", address=address).code == 2
    assert [path.name for path in other.iterdir()] == ["mine.txt"]
