"""No page shows the words of a claim that somebody denied as if they had been said."""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import html
from starlette.routing import Route

from claims.desk.app import create_app
from claims.desk.desk import Desk
from claims.model.kinds import Mode
from tests.desk.conftest import Sit
from tests.desk.every_page import STATES, ids_of
from tests.makers import proposal, spans_of, store
from tests.review.conftest import Room

TEXT = (
    "Mayor Ada Quill said no more. On Monday she denied that the letter was lost,"
    " the Harbour Agency reported.\n"
)
WORDS = "the letter was lost"
TOLD = re.compile("denies|denied")
BLOCKS = ("title", "tr", "li", "p", "h1", "h2", "h3", "blockquote", "section", "div", "body")
"""What people read as one thing."""


def misleading(page: str) -> Iterator[str]:
    """The blocks of a page that have the denied words and do not say that they were denied."""
    for element in html.document_fromstring(page).iter():
        own = [element.text, *(child.tail for child in element)]
        # What is typed into a field is the printed words alone.
        if not isinstance(element.tag, str) or element.tag == "textarea":
            continue
        if not any(WORDS in (part or "") for part in own):
            continue
        around = (element, *element.iterancestors())
        block = next((one for one in around if one.tag in BLOCKS), element)
        if not TOLD.search(block.text_content()):
            yield html.tostring(block, encoding="unicode")[:400]


def test_no_page_shows_a_denial_as_an_assertion(room: Room, desk: Desk, sit: Sit) -> None:
    spoken = replace(proposal(TEXT, WORDS), said_on=None)
    voice = replace(spoken.chain[0], mode=Mode.DENIES, cue=spans_of(TEXT, "denied"))
    denied = replace(spoken, chain=(voice, *spoken.chain[1:]))
    for number in range(2):
        store(room.database, denied, text=TEXT + f"No {number}.\n", external_id=str(number))
    [(claim,), _] = room.sql("SELECT id FROM claims.claim ORDER BY id")
    room.act("Ann", claim, "accept")
    ann = sit()
    ids = ids_of(room, claim)
    routes = [one for one in create_app(desk).routes if isinstance(one, Route)]
    paths = [one.path for one in routes if "GET" in (one.methods or ())]
    shown, misled = set(), []
    for path in (*paths, *STATES, "/search?words=letter"):
        if re.sub(r"\{(\w+)[^}]*\}", "", path) != path and not known(path, ids):
            continue
        answer = ann.client.get(path.format_map(ids))
        if answer.headers.get("content-type", "").startswith("text/html") and WORDS in answer.text:
            shown.add(path)
            misled += [(path, one) for one in misleading(answer.text)]
    assert misled == []
    assert {"/claims/{claim}", "/search?words=letter", "/sources/{source}"} <= shown


def known(path: str, ids: dict[str, str]) -> bool:
    """Whether all that a path names is known here."""
    return set(re.findall(r"\{(\w+)\}", path)) <= ids.keys()
