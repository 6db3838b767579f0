# ruff: noqa: E501 - a text stands in one line
"""A speaker whom nobody names is one person, and a body one body."""

import pytest

from claims.extraction.bodies import find_full_names
from claims.model.kinds import SourceKind
from tests.extraction.proposals import Propose

GROUP, ORGANISATION, PERSON = SourceKind.GROUP, SourceKind.ORGANISATION, SourceKind.PERSON


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("A spokesperson for Quill Lines said it was safe. “It is new,” he said.", "A spokesperson for Quill Lines", GROUP),
        ("A spokeswoman for the port said it was safe. “It is new,” she said. She said it was dry.", "A spokeswoman for the port", GROUP),
        ("A spokeswoman for the port said it was safe. He said it was dry.", None, PERSON),
        ("A spokesman for Bob Stone said it was safe. “He will sail,” he said.", "A spokesman for Bob Stone", GROUP),
        ("A nurse said it was safe. Bob Stone came in. “It is new,” he said.", "Bob Stone", PERSON),
        ("One driver said it was safe. “It is new,” the driver said.", "One driver", GROUP),
        ("A nurse said it was safe. Another nurse said it was old. “It is new,” the nurse said.", None, PERSON),
        ("A harbour source said it was safe. The source said it was new.", "A harbour source", GROUP),
        ("Two drivers said it was safe. They said it was new.", "Two drivers", GROUP),
        ("The Quill Union said it was safe. “It is new,” they said.", "Quill Union", ORGANISATION),
        ("The Quill Union said it was safe. Drivers came in. “It is new,” they said.", None, GROUP),
        ("The Harbour Watch Trust (HWT) sued. HWT said it was safe.", "Harbour Watch Trust", ORGANISATION),
        ("The ministry denied it. Later it said it was safe.", "The ministry", ORGANISATION),
        ("Ann Lind-Stone and Jens Stone run it. Lind-Stone said it was safe.", "Ann Lind-Stone", PERSON),
        ("Ann Lind-Stone came. Ms Lind-Stone said it was safe.", "Ann Lind-Stone", PERSON),
        ("The company said it was safe.", "The company", GROUP),
    ],
)  # fmt: skip
def test_who_goes_on(propose_text: Propose, text: str, name: str | None, kind: SourceKind) -> None:
    voice = propose_text(text)[-1].chain[0]
    assert (voice.name, voice.kind) == (name, kind)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("John Stone lives here. Mrs Stone said it was safe.", "Mrs Stone"),
        ("Mr Quill came. Bob Stone came. “Quill is old,” he said.", "Bob Stone"),
        ("Bob Stone, the coach, resigned. Writing on Twitter, he said it was safe.", "Bob Stone"),
    ],
)
def test_a_name_is_not_taken_from_another(propose_text: Propose, text: str, name: str) -> None:
    assert propose_text(text)[-1].chain[0].name == name


def test_a_paper_is_no_person(propose_text: Propose) -> None:
    voice = propose_text("The Gazette said it was safe.")[0].chain[0]
    assert (voice.name, voice.kind) == ("Gazette", SourceKind.OUTLET)


def test_letters_that_two_bodies_have_are_nobodys() -> None:
    names = ["Harbour Watch Trust", "Harbour Workers Trust", "HWT", "Bank of Quay", "BoQ"]
    assert find_full_names(names) == {"boq": "Bank of Quay"}


def test_each_turn_of_printed_talk_is_its_speakers(propose_text: Propose) -> None:
    text = "HOST: Is the bridge safe?\nQUILL: It is quite safe.\nHOST: Who says so?\nQUILL: I do."
    names = [proposal.chain[0].name for proposal in propose_text(text)]
    assert names == ["HOST", "QUILL", "HOST", "QUILL"]
