"""Lists, rows, pages, states of the past, the search and the change feed, as JSON."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from claims.api.resources import RESOURCES
from claims.api.scopes import Scope
from claims.api.server import Server
from claims.cli.context import fresh_id
from claims.contract.views import read_pinned
from claims.database.engine import Database
from tests.api.conftest import Client, add_token, client_of
from tests.conftest import People
from tests.makers import TEXT, settle, store

EVERYTHING = (Scope.READ, Scope.REVIEW)


def many(database: Database, count: int) -> list[str]:
    """So many published claims, each in its own article, in the order of their ids."""
    claims = []
    for number in range(count):
        [claim] = store(database, external_id=str(number), outlet="The Pier")
        settle(database, claim)
        claims.append(str(claim))
    return sorted(claims)


def test_every_list_has_the_columns_of_its_view(client: Client, database: Database) -> None:
    many(database, 1)
    store(database, external_id="waits")
    reader = client(*EVERYTHING)
    for resource in RESOURCES:
        answer = reader.get(f"/{resource.name}")
        assert answer.status_code == 200, answer.text
        page = answer.json()
        assert set(page) == {"rows", "next", "state"}
        columns = [name for name, _ in read_pinned()[resource.name].columns]
        assert all(list(row) == columns for row in page["rows"])
        if resource.key and page["rows"]:
            [*_, last] = page["rows"]
            assert reader.get(f"/{resource.name}/{last[resource.key]}").json() == last
    assert len(reader.get("/claims").json()["rows"]) == 1
    assert len(reader.get("/proposals").json()["rows"]) == 1


def test_values_are_plain_json(client: Client, database: Database) -> None:
    many(database, 1)
    [row] = client(Scope.READ).get("/evidence").json()["rows"]
    start = TEXT.index(row["exact"])
    assert row["content_spans"] == row["spans"] == [[start, start + len(row["exact"])]]
    assert row["retrieved_at"] == "2026-05-04T12:00:00Z"
    assert uuid.UUID(row["claim"])


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 6])
def test_pages_have_each_row_once(client: Client, database: Database, limit: int) -> None:
    claims = many(database, 5)
    reader = client(Scope.READ)
    rows, cursor = [], None
    while True:
        parameters = {"limit": str(limit), "fields": "content", "outlet": "The Pier"}
        answer = reader.get("/claims", params=parameters | ({"after": cursor} if cursor else {}))
        page = answer.json()
        rows += page["rows"]
        assert len(page["rows"]) <= limit
        cursor = page["next"]
        if cursor is None:
            assert "link" not in answer.headers
            break
        assert f"after={cursor}" in answer.headers["link"].replace("%3D", "=")
    assert rows == [{"content": '"the bridge is safe"'}] * len(claims)


def test_a_page_by_two_columns_goes_on_within_a_claim(client: Client, database: Database) -> None:
    many(database, 3)
    reader = client(Scope.READ)
    every = reader.get("/attributions").json()["rows"]
    assert len(every) == 6  # each claim has a speaker and a carrier
    rows, url = [], "/attributions?limit=1"
    while url:
        page = reader.get(url).json()
        rows += page["rows"]
        url = f"/attributions?limit=1&after={page['next']}" if page["next"] else ""
    assert rows == every


def test_conditions(client: Client, database: Database) -> None:
    one, other, third = many(database, 3)
    reader = client(Scope.READ)

    def ids(query: str) -> list[str]:
        return [row["claim"] for row in reader.get(f"/claims?{query}").json()["rows"]]

    assert ids(f"claim={one}&claim={third}") == [one, third]
    assert ids(f"claim={one}&outlet=The+Pier&form=quote") == [one]
    assert ids(f"claim={other}&form=mixed") == []
    assert ids("outlet=%27+OR+true+--") == []
    day = reader.get(f"/claims/{one}").json()["day"]
    assert ids(f"since={day}&until={day}") == [one, other, third]
    assert ids("until=1999-01-01") == []


@pytest.mark.parametrize("asked", ["no=2147483648", "no=-9223372036854775808", "name=%EF%BF%BD"])
def test_what_nothing_has_finds_nothing(client: Client, asked: str) -> None:
    answer = client(*EVERYTHING).get(f"/releases?{asked}")
    assert (answer.status_code, answer.json()["rows"]) == (200, [])


def test_fields_are_chosen_in_order(client: Client, database: Database) -> None:
    [claim] = many(database, 1)
    reader = client(Scope.READ)
    [row] = reader.get("/claims?fields=speaker,claim").json()["rows"]
    assert list(row.items()) == [("speaker", "Ada Quill"), ("claim", claim)]
    assert reader.get(f"/claims/{claim}?fields=form").json() == {"form": "quote"}


def test_the_past(client: Client, database: Database) -> None:
    before = datetime.now(UTC)
    [claim] = many(database, 1)
    reader, moment = client(Scope.READ), before.isoformat().replace("+", "%2B")
    assert reader.get(f"/claims?as_of={moment}").json()["rows"] == []
    page = reader.get("/claims?as_of=2026-01-01").json()
    assert (page["rows"], page["state"]["name"]) == ([], "as of 2026-01-01")
    assert reader.get(f"/claims/{claim}?as_of={moment}").status_code == 404
    later = (datetime.now(UTC) + timedelta(days=2)).date()
    assert reader.get(f"/claims?as_of={later}").json()["code"] == "future-moment"
    assert reader.get("/claims?release=spring").status_code == 404


def test_what_a_client_has_is_not_sent_again(client: Client, database: Database) -> None:
    many(database, 1)
    reader = client(Scope.READ)
    first = reader.get("/claims")
    tag = first.headers["etag"]
    for header in (tag, f'"x", {tag}', tag.removeprefix("W/"), "*"):
        again = reader.get("/claims", headers={"If-None-Match": header})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert reader.get("/claims", headers={"If-None-Match": '"x"'}).status_code == 200
    store(database, external_id="new")
    settle(database, store(database, external_id="newer")[0])
    assert reader.get("/claims", headers={"If-None-Match": tag}).status_code == 200


def test_answers_are_compressed_for_whoever_takes_it(client: Client, database: Database) -> None:
    many(database, 5)
    reader = client(Scope.READ)
    plain = reader.get("/claims", headers={"Accept-Encoding": "identity"})
    packed = reader.get("/claims", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert packed.json() == plain.json()
    assert "content-encoding" not in plain.headers
    assert plain.headers["etag"] == packed.headers["etag"]


def test_head_is_get_without_the_body(client: Client, database: Database) -> None:
    many(database, 1)
    reader = client(Scope.READ)
    got, head = reader.get("/claims"), reader.head("/claims")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == got.headers["etag"]


def test_search(client: Client, database: Database) -> None:
    [claim] = many(database, 1)
    reader = client(Scope.READ)
    assert [row["claim"] for row in reader.get("/search?q=bridge").json()["rows"]] == [claim]
    for nothing in ("bridge+-safe", "+", "the", "%26%7C%21%28"):
        assert reader.get(f"/search?q={nothing}").json()["rows"] == []
    for query in ("", "q=", f"q={'x' * 401}", "q=a&q=b", "q=a%00b", "words=a"):
        assert reader.get(f"/search?{query}").status_code == 400


def test_the_change_feed_is_followed_by_its_token(client: Client, database: Database) -> None:
    reader = client(Scope.READ)
    assert reader.get("/changes").json() == {"rows": [], "next": None}
    claims = many(database, 3)
    first = reader.get("/changes?limit=2").json()
    rest = reader.get(f"/changes?after={first['next']}").json()
    changed = [row["claim"] for row in first["rows"] + rest["rows"]]
    assert sorted(changed) == claims
    # No rows: the token stays as it is.
    assert reader.get(f"/changes?after={rest['next']}").json() == {"rows": [], "next": rest["next"]}
    assert reader.get("/changes?after=" + "0" * 32).json()["code"] == "bad-token"


def test_what_waits_is_for_a_token_that_may_see_it(client: Client, database: Database) -> None:
    [published] = many(database, 1)
    [waiting] = map(str, store(database, external_id="waits"))
    reader, reviewer = client(Scope.READ), client(*EVERYTHING)
    for name in ("attributions", "evidence"):
        assert {row["claim"] for row in reader.get(f"/{name}").json()["rows"]} == {published}
        everything = {row["claim"] for row in reviewer.get(f"/{name}").json()["rows"]}
        assert everything == {published, waiting}
        assert reader.get(f"/{name}?status=proposed").json()["rows"] == []
        assert reader.get(f"/{name}?claim={waiting}").json()["rows"] == []
    assert reader.get(f"/evidence/{waiting}").status_code == 404
    assert reviewer.get(f"/evidence/{waiting}").status_code == 200


def test_what_is_public(database: Database) -> None:
    many(database, 1)
    store(database, external_id="waits")
    closed, opened = Server(database, fresh_id), Server(database, fresh_id, public=True)
    public = set()
    for resource in RESOURCES:
        assert client_of(closed).get(f"/{resource.name}").status_code == 401
        answer = client_of(opened).get(f"/{resource.name}")
        assert answer.status_code in {200, 401}
        if answer.status_code == 200:
            public.add(resource.name)
            assert len({row.get("claim") for row in answer.json()["rows"]}) <= 1
    assert public == {"claims", "attributions", "evidence", "links", "releases"}
    assert client_of(opened).get("/search?q=bridge").status_code == 200
    assert client_of(opened).get("/changes").status_code == 401


def test_a_reader_of_the_views_alone_serves_the_public(database: Database, people: People) -> None:
    many(database, 1)
    own = Database(people.reader)
    visitor = client_of(Server(own, fresh_id, public=True))
    assert len(visitor.get("/claims").json()["rows"]) == 1
    # It may not even look whether a token holds.
    secret = add_token(database, Scope.READ)
    refused = client_of(Server(own, fresh_id, public=True), secret).get("/claims")
    assert (refused.status_code, refused.json()["code"]) == (403, "not-permitted")
    own.close()


def test_pages_of_other_sites_may_read(client: Client, database: Database) -> None:
    many(database, 1)
    preflight = client().options(
        "/claims",
        headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"},
    )
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "authorization" in preflight.headers["access-control-allow-headers"]
    assert preflight.headers["access-control-allow-methods"] == "GET, HEAD"
    assert "access-control-allow-credentials" not in preflight.headers
    answer = client(Scope.READ).get("/claims", headers={"Origin": "https://elsewhere.example"})
    assert answer.headers["access-control-allow-origin"] == "*"


def test_about(client: Client) -> None:
    body = client(Scope.READ).get("/about").json()
    assert (body["contract"], body["scopes"]) == ("claims_v1", ["read"])
    assert client().get("/about").json()["scopes"] == []
