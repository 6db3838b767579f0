"""Sentences of our own, one a construction: content, chain and rule."""

import pytest

from claims.extraction.parse import Parser
from claims.extraction.pipeline import propose
from claims.model.kinds import Mode
from claims.model.span import words_at
from tests.extraction.proposals import Propose, Summary, summarise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is safe,” said Ada Quill. “Nobody need worry.”",
         [("“It is safe,” … “Nobody need worry.”", ["Ada Quill"])]),
        ("«It is safe again», said Ada Quill.", [("«It is safe again»", ["Ada Quill"])]),
        ("'It is safe again,' said Ada Quill.", [("'It is safe again,'", ["Ada Quill"])]),
        ("“First it was closed.\n“Then it was safe,” said Ada Quill.",
         [("“First it was closed.", ["Ada Quill"]), ("“Then it was safe,”", ["Ada Quill"])]),
        ("Ada Quill said: “First it was closed.\n“Then it was safe.”",
         [("“First it was closed.", ["Ada Quill"]), ("“Then it was safe.”", ["Ada Quill"])]),
        ("“Ours is safe,” Ada Quill said. “Theirs was shut.\n\n“Nobody goes.\n\n“They may.”",
         [("“Ours is safe,” … “Theirs was shut.", ["Ada Quill"]),
          ("“Nobody goes.", ["Ada Quill"]), ("“They may.”", ["Ada Quill"])]),
        ("Ada Quill said: “First it was closed.\n\nThen it was safe.”",
         [("“First it was closed.\n\nThen it was safe.”", ["Ada Quill"])]),
        ("Ada Quill said the council would pay but also stressed that the ferry would stop.",
         [("the council would pay", ["Ada Quill"]),
          ("the ferry would stop", ["Ada Quill"])]),
        ("The bridge, Ada Quill said, was safe for everybody.",
         [("The bridge … was safe for everybody", ["Ada Quill"])]),
        ("The bridge was safe, Ada Quill said on Monday.",
         [("The bridge was safe", ["Ada Quill"])]),
        ("Ada Quill said that the bridge was safe and that the ferry would stop.",
         [("the bridge was safe", ["Ada Quill"]), ("the ferry would stop", ["Ada Quill"])]),
        ("Ada Quill, who leads the union, said the strike would go on.",
         [("the strike would go on", ["Ada Quill"])]),
        ("Ada Quill told the Harbour News that the bridge was safe.",
         [("the bridge was safe", ["Ada Quill"])]),
        ("Ada Quill was quoted as saying the bridge was safe.",
         [("the bridge was safe", ["Ada Quill"])]),
        ("The council issued a statement saying the bridge was safe.",
         [("the bridge was safe", ["council"])]),
        ("Ada Quill called it “a disgrace”.", [("it “a disgrace”", ["Ada Quill"])]),
        ("Ada Quill accused the council of lying about the bridge.",
         [("the council of lying about the bridge", ["Ada Quill"])]),
        ("Ada Quill vowed to rebuild the bridge.", [("to rebuild the bridge", ["Ada Quill"])]),
        ("Ada Quill called for a new bridge over the river.",
         [("a new bridge over the river", ["Ada Quill"])]),
        ("Ada Quill: The bridge is safe\n\nIt opened again.",
         [("The bridge is safe", ["Ada Quill"])]),
        ("“The bridge was never as safe as it is now.” — Ada Quill",
         [("“The bridge was never as safe as it is now.”", ["Ada Quill"])]),
        ("He left amid reports that the bridge was unsafe.",
         [("the bridge was unsafe", ["reports"])]),
        ("Ada Quill repeated her warning that the bridge was unsafe.",
         [("the bridge was unsafe", ["Ada Quill"])]),
        ("The bridge, according to Ada Quill, was safe.",
         [("The bridge … was safe", ["Ada Quill"])]),
        ("Bob Stone said Ada Quill told him that the bridge was unsafe.",
         [("Ada Quill told him that the bridge was unsafe", ["Bob Stone"]),
          ("the bridge was unsafe", ["Ada Quill", "Bob Stone"])]),
        ("It was reported that the bridge was unsafe.", [("the bridge was unsafe", [None])]),
        ('“It is safe again," said Ada Quill.', [('“It is safe again,"', ["Ada Quill"])]),
        ('"It is safe again,” Ada Quill said. "Nobody need worry."',
         [('"It is safe again,” … "Nobody need worry."', ["Ada Quill"])]),
        ('On the station\'s "Harbour Talk," Ada Quill said that the bridge was safe.',
         [("the bridge was safe", ["Ada Quill"])]),
        ("One driver, who like others spoke on condition of anonymity, said the message was clear.",
         [("the message was clear", ["One driver"])]),
        ("Even Ada Quill said the bridge was unsafe.", [("the bridge was unsafe", ["Ada Quill"])]),
        ("Ada Quill made a third attempt to save the bridge, writing that the ferry was unsafe.",
         [("the ferry was unsafe", ["Ada Quill"])]),
        ("The drivers were able to talk their way out by saying that the bridge was unsafe.",
         [("the bridge was unsafe", ["drivers"])]),
        ("Ada Quill suggested the bridge was weak, called it “third-rate” and left the meeting.",
         [("the bridge was weak", ["Ada Quill"]), ("it “third-rate”", ["Ada Quill"])]),
        ('"If it has no bridge yet, it will at some point," said Bob Stone, a driver who is late.',
         [('"If it has no bridge yet, it will at some point,"', ["Bob Stone"])]),
        ('"He would be great. One of the brightest of all," Mayor Ada E. Quill (H-Port) said.',
         [('"He would be great. One of the brightest of all,"', ["Ada E. Quill"])]),
        ("The website noted that both Quill and Stone were referring to old studies.",
         [("both Quill and Stone were referring to old studies", ["website"])]),
        ("Harbour News reported that Ada Quill said the bridge was safe.",
         [("the bridge was safe", ["Ada Quill", "Harbour News"])]),
        ("Ada Quill acknowledged the weakness of the bridge.",
         [("the weakness of the bridge", ["Ada Quill"])]),
        ("Ada Quill referred to the bridge.", []),
        ("Ada Quill said that the bridge would soon close and blamed the council for the delay.",
         [("the bridge would soon close", ["Ada Quill"]),
          ("the council for the delay", ["Ada Quill"])]),
        ("Ada Quill says the aim of the work is “to save the bridge,” but conceded that it is old.",
         [("the aim of the work is “to save the bridge,”", ["Ada Quill"]),
          ("it is old", ["Ada Quill"])]),
        ("Polls show Ada Quill up by ten points in the harbour.",
         [("Ada Quill up by ten points in the harbour", ["Polls"])]),
        ("Ada Quill showed the bridge to the drivers.", []),
        ('“It is safe," Ada Quill said on Monday. "Nobody need worry.”',
         [('“It is safe," … "Nobody need worry.”', ["Ada Quill"])]),
        ("The trouble with the bridge: Ada Quill told drivers that it was unsafe.",
         [("it was unsafe", ["Ada Quill"])]),
        ("The bridge was safe, Ada Quill said, adding that the ferry would stop.",
         [("The bridge was safe", ["Ada Quill"]), ("the ferry would stop", ["Ada Quill"])]),
        ("The bridge was safe, Ada Quill said, adding: “Nobody need worry.”",
         [("The bridge was safe", ["Ada Quill"]), ("“Nobody need worry.”", ["Ada Quill"])]),
        ("According to the Harbour Agency, quoting the Port Gazette, the bridge has been closed.",
         [("the bridge has been closed", ["Port Gazette", "Harbour Agency"])]),
        ("The bridge has been closed, according to the Harbour Agency, citing safety rules.",
         [("The bridge has been closed", ["Harbour Agency"])]),
        ("“They told us the bridge was closed,” Ada Quill said.",
         [("“They told us the bridge was closed,”", ["Ada Quill"]),
          ("the bridge was closed", [None, "Ada Quill"])]),
        ("Ada Quill lives by the bridge. “She said the ferry would stop,” said Bob Stone.",
         [("“She said the ferry would stop,”", ["Bob Stone"]),
          ("the ferry would stop", ["Ada Quill", "Bob Stone"])]),
        ("“He said the ferry would stop,” said Bob Stone.",
         [("“He said the ferry would stop,”", ["Bob Stone"])]),
        ("“The drivers said, ‘We are tired,’ and went home,” Ada Quill said.",
         [("“The drivers said, ‘We are tired,’ and went home,”", ["Ada Quill"]),
          ("‘We are tired,’", ["drivers", "Ada Quill"])]),
        ("“The letters suggest that the bridge was closed,” Ada Quill said.",
         [("“The letters suggest that the bridge was closed,”", ["Ada Quill"])]),
        ("Ada Quill asked anyone with news of the ferry to call the harbour.",
         [("to call the harbour", ["Ada Quill"])]),
        ("Ada Quill reminded drivers not to leave their cars.",
         [("not to leave their cars", ["Ada Quill"])]),
        ("Drivers were told to stay at home on Monday.",
         [("to stay at home on Monday", [None])]),
        ("Ada Quill was told that the bridge was closed.", [("the bridge was closed", [None])]),
        ("Ada Quill was told by Bob Stone that the bridge was closed.",
         [("the bridge was closed", ["Bob Stone"])]),
        ("Drivers could be told to stay at home on Monday.", []),
        ("The bridge, the engineers write, has been safe for years.",
         [("The bridge … has been safe for years", ["the engineers"])]),
        ("Ada Quill told the officer he had swerved to avoid a dog.",
         [("he had swerved to avoid a dog", ["Ada Quill"])]),
        ("Ada Quill said 300 drivers had come, while Bob Stone said it was forty.",
         [("300 drivers had come", ["Ada Quill"]), ("it was forty", ["Bob Stone"])]),
        ("Ada Quill promised islanders a new ferry by March.",
         [("a new ferry by March", ["Ada Quill"])]),
        ("Ada Quill denied them a ferry.", []),
        ("Ada Quill is expected to resign on Monday.", []),
        ("Ada Quill did not say whether the bridge was safe.", []),
        ("Further repairs were also discussed at the meeting.", []),
        ("Ada Quill wore a “lucky” hat at the meeting.", []),
        ("A group called the Friends of the Bridge met.", []),
    ],
)  # fmt: skip
def test_constructions(propose_text: Propose, text: str, expected: Summary) -> None:
    assert [(words, [n.removeprefix("The ") if n else n for n in names])
            for words, names in summarise(text, propose_text(text))] == expected  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "mode"),
    [("denied that", Mode.DENIES), ("predicted that", Mode.EXPECTS), ("demanded that", Mode.ASKS),
     ("promised that", Mode.PROMISES), ("said that", Mode.SAYS)],
)  # fmt: skip
def test_modes(propose_text: Propose, verb: str, mode: Mode) -> None:
    [proposal] = propose_text(f"Ada Quill {verb} the bridge would be closed.")
    assert proposal.chain[0].mode is mode


def test_beliefs_come_when_asked_for(parser: Parser) -> None:
    text = "Ada Quill believes that the bridge is safe."
    assert propose(parser, text, None) == ()
    [proposal] = propose(parser, text, None, everything=True)
    assert words_at(text, proposal.content) == "the bridge is safe"


def test_a_relative_pronoun_is_kept_beside_the_name(propose_text: Propose) -> None:
    text = "They met Ada Quill, who said the bridge was safe."
    [proposal] = propose_text(text)
    assert proposal.chain[0].name == "Ada Quill"
    assert words_at(text, proposal.chain[0].pronoun) == "who"
