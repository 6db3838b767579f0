# ruff: noqa: E501 - a text stands in one line
"""Small texts that every newsroom meets in a week, by kinds: who is quoted, and with which words."""

import pytest

from claims.extraction.parse import Parser
from claims.extraction.pipeline import propose
from claims.model.span import words_at
from tests.extraction.proposals import Propose, summarise

QUILL = "Ada Quill leads the union. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # single marks with plurals, decades and short words
        (QUILL + "‘It is the drivers’ choice, not ours,’ Quill said.", [("‘It is the drivers’ choice, not ours,’", ["Ada Quill"])]),
        ("In the '80s it was shut. 'It was a poor time,' said Ada Quill.", [("'It was a poor time,'", ["Ada Quill"])]),
        # two speakers side by side
        ("“We open on Monday,” Ada Quill said, and Bo Stone added, “We close on Friday.”",
         [("“We open on Monday,”", ["Ada Quill"]), ("“We close on Friday.”", ["Bo Stone"])]),
        # a mark that nobody closed
        ('The chair, Ada Quill, said: "We shall not move. The court met again in June.\n\nThe clerk, Bo Stone, said: "We shall."',
         [('"We shall not move.', ["Ada Quill"]), ('"We shall."', ["Bo Stone"])]),
        # carriers and whom they cite
        ("The ferry will stop in June, Reuters reported on Friday, citing Ada Quill.", [("The ferry will stop in June", ["Ada Quill", "Reuters"])]),
        ("The Harbour Times, citing three officials, said the ferry would stop.", [("the ferry would stop", ["three officials", "Harbour Times"])]),
        ("Quoting two residents, the Harbour Times reported that the ferry was late.", [("the ferry was late", ["two residents", "Harbour Times"])]),
        ("The ferry is late, according to a Harbour Times report that cited two residents.", [("The ferry is late", ["two residents", "a Harbour Times report"])]),
        # what prints nothing, and what was lost
        ("“The ferry is late,”\u00a0said\u00a0Ada\u00a0Quill. The wind, Quill\u200b said, was to blame.",
         [("“The ferry is late,”", ["Ada Quill"]), ("The wind … was to blame", ["Ada Quill"])]),
        ("Mayor Ada Qu\u00adill came. “It is la\u00adte again,” Qu\u00adill said.", [("“It is la\u00adte again,”", ["Ada Quill"])]),
        ("“The ferry was late again and nobody told\nthe passengers,” said Ada\nQuill, who has waited for\nan hour.",
         [("“The ferry was late again and nobody told\nthe passengers,”", ["Ada Quill"])]),
        ("The ferry is late.“We shall wait,”said Ada Quill.", [("“We shall wait,”", ["Ada Quill"])]),
        # what stands around an article
        ("The ferry sailed.\n\nSource: Harbour Office\n\nMORE: Minister says ferry will stop\n\nPhoto: Ada Quill/Harbour Times", []),
        ("Email Print WhatsApp Mayor Ada Quill said the ferry was late.", [("the ferry was late", ["Ada Quill"])]),
        # names
        ("A lawyer for Stone, Ada Quill, said it was late.", [("it was late", ["Ada Quill"])]),
        ("Its rival Volta AG denied that its vans were old.", [("its vans were old", ["Volta AG"])]),
        ("Said Ada Quill, the pilot: “It is very late.”", [("“It is very late.”", ["Ada Quill"])]),
        ("Ada Quill was fined. “I saw no light,” the 44-year-old said.", [("“I saw no light,”", ["Ada Quill"])]),
        ("Ada Quill told Radio North's Evening programme the number of ferries would fall.", [("the number of ferries would fall", ["Ada Quill"])]),
        # one word
        ("“Never,” Ada Quill said. Bo Stone said “perhaps”.", [("“Never,”", ["Ada Quill"]), ("“perhaps”", ["Bo Stone"])]),
        ("Ada Quill said “some” ferries were late.", [("“some” ferries were late", ["Ada Quill"])]),
        # lists and signatures
        ("What people say:\n\n• “I shall miss it” – Ada Quill, 44, pilot\n• “A good end.” – Bo Stone",
         [("“I shall miss it”", ["Ada Quill"]), ("“A good end.”", ["Bo Stone"])]),
        ("“The sea takes all of it.”\n— Ada Quill\n\nThe town lost a ship.", [("“The sea takes all of it.”", ["Ada Quill"])]),
        # marks of other hands
        (QUILL + "»The ferry will sail by noon«, Quill said.", [("»The ferry will sail by noon«", ["Ada Quill"])]),
        ("″The ferry is late,″ said Ada Quill.", [("″The ferry is late,″", ["Ada Quill"])]),
        ("“She said, ‘I heard him call, “Stop,” and I stopped,’” Ada Quill said.",
         [("“She said, ‘I heard him call, “Stop,” and I stopped,’”", ["Ada Quill"])]),
        # what things do, and names that people give
        ("The crowd sang, per the usual, all night.", []),
        ("The storm threatened to sink the ferry. The film shows off how fair the sea is.", []),
        ("Ada Quill said the port has no pilot who tells people where the rocks are.",
         [("the port has no pilot who tells people where the rocks are", ["Ada Quill"])]),
        ("The ship, which sailors call “the Box,” sank. The captain he calls “Big Bo” left.", []),
        ("“Why is it late?” asked resident Ada Quill.", [("“Why is it late?”", ["Ada Quill"])]),
        # several statements
        ("Ada Quill said that the ferry was old, that the pier was cracked and that nobody had been warned.",
         [("the ferry was old", ["Ada Quill"]), ("the pier was cracked", ["Ada Quill"]), ("nobody had been warned", ["Ada Quill"])]),
        ("Ada Quill said the ferry was old; the pier, she said, was older; Bo Stone said both were safe.",
         [("the ferry was old", ["Ada Quill"]), ("the pier … was older", ["Ada Quill"]), ("both were safe", ["Bo Stone"])]),
        ("“The ferry is old,” said Ada Quill, who has been its pilot for years.\n\n“It was built here.”\n\n“We mend it in spring.”",
         [("“The ferry is old,”", ["Ada Quill"]), ("“It was built here.”", ["Ada Quill"]), ("“We mend it in spring.”", ["Ada Quill"])]),
        ("Ferry to stop for two winters, says Quill\n\nAda Quill came on Monday.", [("Ferry to stop for two winters", ["Ada Quill"])]),
    ],
)  # fmt: skip
def test_kinds(propose_text: Propose, text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert summarise(text, propose_text(text)) == expected


def test_offsets_are_those_of_the_text_as_given(parser: Parser) -> None:
    text = "\u200bAda\u00a0Qu\u00adill, the mayor, said on Mon\u00adday at the pier that it was la\u00adte."
    [proposal] = propose(parser, text, None)
    assert words_at(text, proposal.content) == "it was la\u00adte"
    assert words_at(text, proposal.chain[0].mention) == "Ada\u00a0Qu\u00adill, the mayor"
    assert proposal.chain[0].name == "Ada Quill"
    assert proposal.said_on is not None
    assert words_at(text, proposal.said_on.spans) == "on Mon\u00adday"
