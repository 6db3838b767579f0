"""The queue in a browser without a script: every act by a button of the page."""

import json
import uuid

import pytest

from tests.desk.conftest import Sit
from tests.desk.editor import Editor
from tests.makers import store_said_and_denied
from tests.review.conftest import ARTICLE, CONTENTS, Room

Claims = list[uuid.UUID]
LEDGER = "SELECT action, reason FROM claims.decision WHERE subject_kind = 'claim' ORDER BY no"
VOICE = """SELECT s.name FROM claims.attribution a JOIN claims.source s ON s.id = a.source
            WHERE a.claim = :claim AND position = 1"""
SIGNED = "SELECT count(*) FROM claims.decision"


@pytest.fixture
def claims(room: Room) -> Claims:
    return room.store()


def status(room: Room, claim: uuid.UUID) -> str:
    return str(room.standing(claim).status)


def test_one_button_decides_and_the_next_card_is_there(
    room: Room, claims: Claims, sit: Sit
) -> None:
    ann = sit()
    assert ann.words == CONTENTS[0]
    for button in ("accept", "reject 0", "later"):
        ann.press(button)
    assert [status(room, claim) for claim in claims] == ["accepted", "rejected", "later"]
    assert room.sql(LEDGER) == [("accept", None), ("reject", "not a claim"), ("later", None)]
    # What was put aside comes at the end.
    assert ann.words == CONTENTS[2]
    assert ann.find("//p[@class='saved']")[0].startswith("Saved later, ledger 3")
    ann.press("accept")
    assert ann.find("//h1") == ["Nothing waits for you"]


def test_the_whole_article_is_there_with_all_its_claims(claims: Claims, sit: Sit) -> None:
    ann = sit()
    text = "\n".join(ann.find("//div[@id='text']/p"))
    assert text == "\n".join(" ".join(line.split()) for line in ARTICLE.splitlines())
    assert ann.find("//div[@id='text']//span[contains(@class, 'this')]") == [CONTENTS[0]]
    assert "".join(ann.find("//span[@data-c='2']")) == CONTENTS[1]
    begin = ann.find("//a[contains(@class, 'begin')]/@aria-label")
    assert [label.split(",")[0] for label in begin] == ["Claim 1", "Claim 2", "Claim 3"]
    assert ann.find("//span[@data-h='S'][contains(@class, 'mention')]") == ["Ada Quill"]
    assert ann.open(f"/review/{claims[2]}").status_code == 200
    assert ann.words == CONTENTS[2]


def test_undo_and_redo_go_back_any_depth(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.press("accept")
    ann.press("reject 1")
    other_day = sit()
    other_day.press("undo")
    assert other_day.claim == claims[1]
    other_day.press("undo")
    assert [status(room, claim) for claim in claims[:2]] == ["proposed", "proposed"]
    other_day.press("redo")
    other_day.press("redo")
    assert [status(room, claim) for claim in claims[:2]] == ["accepted", "rejected"]
    answer = other_day.press("redo")
    assert (answer.status_code, "cannot be undone now" in answer.text) == (409, True)


@pytest.mark.usefixtures("claims")
def test_a_rejection_for_a_reason_and_in_words(room: Room, sit: Sit) -> None:
    ann = sit()
    ann.press("reject 6")
    assert ann.press("reject-words").status_code == 400
    ann.press("reject-words", **{"reject-text": "a joke"})
    assert room.sql(LEDGER) == [("reject", "rumour"), ("reject", "other: a joke")]


def test_a_speaker_is_chosen_then_accepted(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    [agency] = ann.find("//ol[@class='pick']//button[contains(., 'Harbour Agency')]/@value")
    ann.press(agency)
    assert ann.claim == claims[0]
    assert ann.find("//p[@class='changed']/strong") == ["Changed:"]
    # The draft is in the database: another browser has it, too.
    assert sit(path=f"/review/{claims[0]}").find("//p[@class='changed']/strong") == ["Changed:"]
    ann.press("accept")
    assert room.sql(VOICE, claim=claims[0]) == [("Harbour Agency",)]


def test_a_speaker_is_found_by_name_or_added(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.press("search", who="Cleo Marsh")
    assert ann.find("//fieldset/legend[contains(., 'Add')]") == [
        "Add “Cleo Marsh” as a new source, and choose it"
    ]
    ann.press("make-source speaker person")
    assert "Cleo Marsh" in ann.find("//ol[@class='hops']//strong")
    ann.press("accept")
    assert room.sql(VOICE, claim=claims[0]) == [("Cleo Marsh",)]
    assert ann.claim == claims[1]
    ann.press("search", who="Marsh")
    assert ann.find("//ol[@class='pick']//strong") == ["Cleo Marsh"]
    assert ann.press("speaker ").status_code == 200
    assert "Cleo Marsh" in ann.find("//ol[@class='hops']//strong")
    ann.press("accept")
    assert room.sql(VOICE, claim=claims[1]) == [("Cleo Marsh",)]


def test_edges_words_and_form(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit(path="/review")
    ann.open(f"/review/{claims[1]}")
    ann.press("edge end-left")
    assert ann.words == "money was lost and that workers were"
    ann.press("edge begin-right")
    assert ann.words == "was lost and that workers were"
    ann.press("drop-changes")
    assert ann.words == CONTENTS[1]
    ann.press("wording", wording="money was lost")
    ann.press("form mixed")
    assert ann.find("//h1/following-sibling::span[@class='mark'][1]") == ["mixed"]
    wrong = ann.press("wording", wording="nothing of the kind")
    assert (wrong.status_code, "not the article" in wrong.text) == (400, True)
    assert ann.words == "money was lost"
    ann.press("accept")
    state = room.standing(claims[1]).state
    assert (state.text, state.form, state.status) == ("money was lost", "mixed", "accepted")


def test_selected_words_become_the_claim_or_another_one(
    room: Room, claims: Claims, sit: Sit
) -> None:
    ann = sit()
    start = ARTICLE.index("safe")
    send_selection(ann, "selection", start, start + 4)
    assert ann.words == "safe"
    ann.press("drop-changes")
    start = ARTICLE.index("nobody would")
    send_selection(ann, "add", start, start + len("nobody would be told of it in time"))
    assert ann.words == "nobody would be told of it in time"
    assert len(room.sql("SELECT 1 FROM claims.claim WHERE rule = 'editor'")) == 1
    answer = ann.press("selection")
    assert (answer.status_code, "select words of the article first" in answer.text) == (400, True)
    assert status(room, claims[0]) == "proposed"


def send_selection(editor: Editor, do: str, start: int, end: int) -> None:
    """What the page's script fills in when words are selected."""
    page = editor.page.text.replace('name="from" value=""', f'name="from" value="{start}"')
    page = page.replace('name="until" value=""', f'name="until" value="{end}"')
    editor.page._content = page.encode()  # noqa: SLF001 - the page as the script changes it
    del editor.page._text  # noqa: SLF001 - read anew
    editor.press(do)


def test_the_chain_is_changed_hop_by_hop(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.press("hop-mode 1 denies")
    assert ann.words == f"denies: {CONTENTS[0]}"
    ann.press("hop-outward 1")
    ann.press("hop-drop 1")
    assert len(ann.find("//ol[@class='hops']/li[not(@class)]")) == 1
    ann.press("hop-insert-at 1 0")
    ann.press("hop-words 2 cue", **{"cue-2": "reported"})
    wrong = ann.press("hop-words 2 mention", **{"mention-2": "the moon"})
    assert wrong.status_code == 400
    ann.press("accept")
    chain = room.standing(claims[0]).state.chain
    assert [(hop.mode, hop.source is None, bool(hop.cue)) for hop in chain] == [
        ("denies", False, True), ("says", True, True),
    ]  # fmt: skip


def test_statement_day_venue_and_note(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.press("statement", statement="The bridge can be crossed.")
    ann.press("said-on", **{"said-on": "2026-05-03"})
    ann.press("venue", venue="at the pier")
    assert ann.press("said-on", **{"said-on": "yesterday"}).status_code == 400
    ann.press("note", note="asked the office twice")
    assert ann.claim == claims[0]
    assert room.sql(LEDGER) == [("note", "asked the office twice")]
    ann.press("accept")
    state = room.standing(claims[0]).state
    assert (state.statement, str(state.said_on[0] if state.said_on else ""), state.venue) == (
        "The bridge can be crossed.", "2026-05-03", "at the pier",
    )  # fmt: skip


def test_split_and_merge(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit(path=f"/review/{claims[1]}")
    offset = ARTICLE.index("that workers")
    ann.press("split", split=str(offset))
    assert status(room, claims[1]) == "replaced"
    parts = {text for (text,) in room.sql("SELECT text FROM claims.claim WHERE id <> ALL (:old)",
                                          old=claims)}  # fmt: skip
    assert parts == {"money was lost and", "that workers were hurt"}
    ann.press("undo")
    assert status(room, claims[1]) == "proposed"
    ann.press("merge")
    assert {"merge-previous", "merge-next"} <= {*ann.find("//button/@value")}
    shown = [one for one in ann.find("//p") if one.startswith(("The next", "The previous"))]
    assert shown == ["The next claim, by Ada Quill:", "The previous claim, by Ada Quill:"]
    said = ann.find("//blockquote[preceding-sibling::p[1][contains(., ' claim, by ')]]")
    assert said == [CONTENTS[2], CONTENTS[0]]
    assert [status(room, claim) for claim in claims] == ["proposed"] * 3
    ann.press("merge-next")
    assert CONTENTS[1] in ann.words
    assert CONTENTS[2] in ann.words
    assert [status(room, claim) for claim in claims[1:]] == ["replaced", "replaced"]


def test_before_a_merger_the_desk_warns_of_what_nobody_said(room: Room, sit: Sit) -> None:
    _, claim = store_said_and_denied(room.database)
    ann = sit(path=f"/review/{claim}")
    ann.press("merge")
    assert ann.find("//p[@class='notice']") == [
        "Merged, these words too would be what Ada Quill denies."
    ]


def test_marked_claims_are_one_batch_and_one_undo(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    form = "//form[contains(@class, 'body')]//button[@value='accept']"
    assert ann.find(form) == ["Accept all marked"]
    marked = [f"{claim}@0" for claim in claims[:2]]
    tab = ann.page.url.query.decode()
    act = ann.find("//form[contains(@class, 'body')]/input[@name='act']/@value")[0]
    for _ in range(2):  # sent twice, decided once
        sent = {"act": act, "do": "accept", "mark": marked}
        assert ann.client.post(f"/review/marked?{tab}", data=sent).status_code == 303
    assert [status(room, claim) for claim in claims] == ["accepted", "accepted", "proposed"]
    ann.press("undo")
    assert [status(room, claim) for claim in claims] == ["proposed"] * 3


def test_a_second_reader_is_asked_and_sees_nothing_of_the_first(
    room: Room, claims: Claims, sit: Sit
) -> None:
    room.policy(second_reading="all")
    ann = sit("Ann")
    ann.press("reject 6")
    assert room.sql("SELECT count(*) FROM claims.decision") == [(0,)]
    bob = sit("Bob", path=f"/review/{claims[0]}")
    # The reasons to choose from are on every page; everything else of the first reading is not.
    page = bob.page.text.replace("</kbd> rumour</button>", "")
    assert [word for word in ("Ann", "rumour", "sealed", "rejected") if word in page] == []
    bob.press("accept")
    assert status(room, claims[0]) == "disputed"


def test_a_form_sent_twice_is_one_decision(room: Room, claims: Claims, sit: Sit) -> None:
    ann = sit()
    stale = ann.page
    ann.press("accept")
    ann.page = stale
    ann.press("accept")
    assert room.sql(SIGNED) == [(1,)]
    assert status(room, claims[0]) == "accepted"


def test_a_change_by_somebody_else_is_shown_and_nothing_is_lost(
    room: Room, claims: Claims, sit: Sit
) -> None:
    ann = sit("Ann")
    ann.press("statement", statement="The bridge can be crossed.")
    room.act("Bob", claims[0], "edit", {"statement": "The bridge is closed."})
    answer = ann.press("accept")
    assert answer.status_code == 409
    assert "by Bob" in answer.text
    assert ann.find("//div[@role='alert']//tbody/tr/*") == [
        "statement", "nothing", "The bridge is closed.", "The bridge can be crossed.",
    ]  # fmt: skip
    assert status(room, claims[0]) == "proposed"
    ann.press("accept")
    assert room.standing(claims[0]).state.statement == "The bridge can be crossed."


def test_two_tabs_never_have_one_card(claims: Claims, sit: Sit) -> None:
    one, other = sit("Ann"), sit("Ann")
    assert {one.claim, other.claim} == set(claims[:2])
    one.press("accept")
    assert one.claim == claims[2]
    assert other.open("/review").status_code == 200


def test_two_people_never_have_one_card(room: Room, claims: Claims, sit: Sit) -> None:
    ann, bob = sit("Ann"), sit("Bob")
    assert ann.claim != bob.claim
    bob.open(f"/review/{ann.claim}")
    assert "somebody else has it" in bob.page.text
    assert bob.press("accept").status_code == 409
    assert room.sql(SIGNED) == [(0,)]
    until = ann.find("//time[contains(@class, 'lease')]/@datetime")[0]
    address = str(ann.page.url).replace("?", "/free?")
    freed = ann.client.post(address, data={"until": until})
    assert freed.status_code == 204
    assert bob.client.post(f"/review/{claims[0]}/lease").status_code == 200


def test_what_is_typed_is_there_again(claims: Claims, sit: Sit) -> None:
    ann = sit()
    form = "//form[@id='card']//input[@type='hidden']"
    names = ann.find(f"{form}/@name")
    values = [*ann.find(f"{form}/@value")]
    sent = dict(zip(names, values, strict=True)) | {"do": "note", "note-text": "half a thou"}
    assert ann.client.post(f"/review/{claims[0]}/draft", data=sent).status_code == 204
    assert sit(path=f"/review/{claims[0]}").find("//textarea[@id='note']") == ["half a thou"]


def test_passing_over_order_and_filter(claims: Claims, sit: Sit) -> None:
    ann = sit()
    ann.open(ann.find("//a[starts-with(normalize-space(), 'Next')]/@href")[0])
    assert ann.claim == claims[1]
    ann.press("accept")
    assert ann.claim == claims[2], "what was passed over does not come at once"
    ann.open("/review?filter=form:quote")
    assert ann.claim == claims[0]
    assert ann.open("/review?filter=form:poem").status_code == 400
    assert ann.open("/review?order=uncertain").status_code == 200
    assert ann.open("/review?filter=outlet:nowhere").status_code == 200
    assert ann.find("//h1") == ["Nothing waits for you that passes the filter"]


def test_keys_are_shown_and_switched_off(claims: Claims, sit: Sit) -> None:
    ann = sit()
    assert ann.find("//button[@value='accept']/kbd") == ["a"]
    ann.press("off")
    assert ann.claim == claims[0]
    assert ann.find("//body/@data-keys") == ["off"]
    assert ann.find("//button[@value='accept']/kbd") == []
    ann.press("on")
    assert ann.find("//body/@data-keys") == ["on"]


@pytest.mark.parametrize(
    "claim",
    ["x", "0", "%00", "1' OR 1=1--", str(uuid.UUID(int=0)), "é" * 30, "<script>", "-1",
     "null", "1e9", "{}", "a/b", "%2e%2e%2fabout"],
)  # fmt: skip
def test_hostile_ids_are_pages_in_words(sit: Sit, claim: str) -> None:
    ann = sit()
    answer = ann.open(f"/review/{claim}")
    assert answer.status_code == 404, answer.text
    assert "Traceback" not in answer.text
    assert "<script>" not in answer.text


@pytest.mark.usefixtures("claims")
@pytest.mark.parametrize(
    ("name", "value"),
    [("act", "x"), ("revision", "x"), ("seen", "{"), ("seen", '{"status": "king"}'),
     ("changes", "[]"), ("changes", '{"chain": 1}'), ("changes", '{"nothing": 1}'),
     ("do", "quit"), ("do", ""),
     ("do", "hop-drop 99"), ("do", "hop-drop x"), ("do", "speaker 77"), ("do", "edge up-left"),
     ("do", "make-source speaker king"), ("do", "hop-words 1 name"), ("do", "form poem")],
)  # fmt: skip
def test_a_form_that_no_page_has_is_refused(sit: Sit, room: Room, name: str, value: str) -> None:
    ann = sit()
    form = "//form[@id='card']//input[@type='hidden']"
    fields = dict(zip(ann.find(f"{form}/@name"), ann.find(f"{form}/@value"), strict=True))
    sent = {"do": "accept"} | fields | {name: value}
    answer = ann.client.post(str(ann.page.url), data=sent)
    assert answer.status_code == 400, answer.text
    assert room.sql(SIGNED) == [(0,)]


PAYLOADS = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'-alert(1)-'", "{{7*7}}",
    "javascript:alert(1)", "</textarea><svg/onload=alert(1)>", "&lt;b&gt;", "<!--", "]]>",
)  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_whatever_is_typed_is_text(claims: Claims, sit: Sit, payload: str) -> None:
    ann = sit("Ann " + payload)
    ann.press("statement", statement=payload)
    ann.press("note", note=payload)
    ann.press("search", who=payload)
    assert payload in ann.find("//p[@class='means']")[0]
    assert payload in ann.find("//form[@class='person']/span")[0]
    assert ann.find("//script[not(@src)]") == ann.find("//*[@onerror or @onload]") == []
    assert ann.claim == claims[0]
    assert json.dumps(payload)[1:-1] in ann.find("//input[@name='changes']/@value")[0]
