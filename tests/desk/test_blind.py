"""Two people read a claim blind and a third settles it; no page tells of the other's reading."""

import re
import uuid

from starlette.routing import Route
from starlette.testclient import TestClient

from claims.desk.app import create_app
from claims.desk.desk import Desk
from tests.desk.conftest import Sit
from tests.desk.every_page import STATES, ids_of
from tests.desk.visitors import Visit, Visitor, needs_chromium
from tests.review.conftest import Room

CHANGING = re.compile(
    r'name="act" value="[0-9a-f-]+"|tab(=|" value=")[0-9a-f]{32}'
    r"|\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)|\d\d:\d\d:\d\d"
)
"""What is another each time that a page is made: ids of acts and tabs, and what the
clock says."""

SERVED = "/review/"
"""The next card leads there: another each time that it is asked for, as the one before is taken."""


def answers(client: TestClient, desk: Desk, ids: dict[str, str]) -> dict[str, str]:
    """What every address that is read says, with its headers."""
    routes = [route for route in create_app(desk).routes if isinstance(route, Route)]
    paths = [route.path for route in routes if "GET" in (route.methods or ())]
    seen = {}
    for path in (*paths, *STATES):
        # Packed, a page's length depends on the ids in it.
        answer = client.get(path.format_map(ids), headers={"accept-encoding": "identity"})
        headers = " ".join(f"{name}: {value}" for name, value in sorted(answer.headers.items()))
        if not answer.headers.get("location", "").startswith(SERVED):
            seen[path] = CHANGING.sub("…", f"{answer.status_code} {headers} {answer.text}")
    return seen


def test_no_byte_of_any_page_changes_by_what_another_read(room: Room, desk: Desk, sit: Sit) -> None:
    """Goal 9: neither the reading nor that there is one, nor when it was made."""
    room.policy(second_reading="all")
    [claim, *_] = room.store(outlet="The Pier")
    room.reviewer("Ann")
    ids = ids_of(room, claim)
    bob = sit("Bob", f"/review/{claim}")
    before = answers(bob.client, desk, ids)
    room.act("Ann", claim, "reject", reason="certainly not said")
    after = answers(bob.client, desk, ids)
    assert [path for path in before if before[path] != after[path]] == []
    assert not any("certainly" in text for text in after.values())


@needs_chromium
def test_a_blind_pair_and_who_settles_it(room: Room, visit: Visit) -> None:
    room.policy(second_reading="all")
    [claim, *_] = room.store(outlet="The Pier")
    path = f"/review/{claim}"
    ann, bob, cid = (visit(name) for name in ("Ann Author", "Bob Binder", "Cid Carver"))
    read(ann, path, "x")
    assert state(room, claim) == "proposed"
    bob.open(path)
    assert "Author" not in bob.page.content()
    read(bob, path, "a")
    assert state(room, claim) == "disputed"
    cid.open(path)
    table = cid.page.inner_text(".readings")
    assert ("accept" in table, "reject" in table) == (True, True)
    assert not {"Author", "Binder"} & {*re.findall(r"\w+", cid.page.inner_text("main"))}
    for one in (ann, bob):  # who read it does not settle it
        if one.open(path) == 200:
            press(one, "a")
        assert state(room, claim) == "disputed"
    cid.open(path)
    press(cid, "a")
    assert state(room, claim) == "accepted"
    assert [one.complaints for one in (ann, bob, cid)] == [[], [], []]


def read(visitor: Visitor, path: str, key: str) -> None:
    """Read a claim with a key."""
    visitor.open(path)
    press(visitor, key)


def press(visitor: Visitor, key: str) -> None:
    """Press a key on the card, which leads to another page."""
    visitor.look()
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press(key)


def state(room: Room, claim: uuid.UUID) -> str:
    return room.standing(claim).status.value
