# ruff: noqa: E501 - a text stands in one line
"""Reports that stand in the middle of what they report, and what stands around them."""

import pytest

from tests.extraction.proposals import Propose, summarise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the cue stands between a subject and its verb
        ("These nurses, Quill explained earlier in the hearing, were “well trained,” earning more than most.",
         [("These nurses … were “well trained,” earning more than most", ["Quill"])]),
        ("But the tools that the port has, Ada Quill added, are like “toys for a child.”",
         [("the tools that the port has … are like “toys for a child.”", ["Ada Quill"])]),
        ("Ada Quill came. Though that move was relatively quick, she said, replacing the crane would be much slower.",
         [("Though that move was relatively quick … replacing the crane would be much slower", ["Ada Quill"])]),
        # two halves of a quotation with a word between
        ("“You know, I like the port,” Ada Quill said, but “when it comes to cranes, it has no luck.”",
         [("“You know, I like the port,” … “when it comes to cranes, it has no luck.”", ["Ada Quill"])]),
        # "as" with a verb of two words, in the middle, and in the second half of a sentence
        ("The bridge, as Ada Quill pointed out, was closed for a year.", [("The bridge … was closed for a year", ["Ada Quill"])]),
        ("The pier was old, and as Ada Quill noted, people on the ferry could still be hurt.",
         [("people on the ferry could still be hurt", ["Ada Quill"])]),
        # the parser hangs what is said on the source, or takes a noun for a verb
        ("According to the port's long-time pilot Bo Stone, the move reeks of fear and haste.",
         [("the move reeks of fear and haste", ["Bo Stone"])]),
        ("The port lost money in March, according to show insiders.", [("The port lost money in March", ["insiders"])]),
        # when they spoke is no part of what they said
        ("The mayor told drivers this weekend he would call it a loss if they left.", [("he would call it a loss if they left", ["The mayor"])]),
        ("Ada Quill said after the vote she would not take the post.", [("she would not take the post", ["Ada Quill"])]),
        ("Ada Quill wrote in the early hours that the ferry was “a wreck” and “a risk”.",
         [("the ferry was “a wreck” and “a risk”", ["Ada Quill"])]),
        # a quotation in the circumstances is not what is said
        ("Asked about “the sale of the port,” Ada Quill said private owners can cost more than the city.",
         [("private owners can cost more than the city", ["Ada Quill"])]),
        ("While Ada Quill said the pier was “a very old thing,” Bo Stone said that the two piers were quite alike.",
         [("the pier was “a very old thing,”", ["Ada Quill"]), ("the two piers were quite alike", ["Bo Stone"])]),
        ("Ada Quill warned of a “one-size-fits-all” plan for ferries.", [("a “one-size-fits-all” plan for ferries", ["Ada Quill"])]),
        # what really happened, by other means
        ("Ada Quill took to the radio to accuse the port of “lying about the cranes”.",
         [("the port of “lying about the cranes”", ["Ada Quill"])]),
        ("The port would not pay a diver who said he was cheated in June.", [("he was cheated in June", ["a diver"])]),
        # names are no labels
        ("The crew called the ship the Northern Star. They called him a fool.", [("him a fool", [None])]),
        # a paragraph that is set as a quotation without marks
        ("The pilot, Ada Quill, added:\n\nThis plan comes from people who have never been to sea. They know nothing.",
         [("This plan comes from people who have never been to sea. They know nothing", ["Ada Quill"])]),
        ("The pilot, Ada Quill, added:\n\nMore news", []),
        ("The pilot, Ada Quill, wrote in a letter to the crew:\n\nThe line will close in May. I am sorry for all of it.\n\nThe port has it.",
         [("The line will close in May. I am sorry for all of it", ["Ada Quill"])]),
        # a pause within a quotation, and what a source is
        ("“The crane,” said Ada Quill, “is a risk to us all, and” — she looked up — “no one else will stop it.”",
         [("“The crane,” … “is a risk to us all, and” … “no one else will stop it.”", ["Ada Quill"])]),
        ("According to Saving the Bay, a charity made up of retired pilots, prizes were paid to crews.",
         [("prizes were paid to crews", ["Saving the Bay"])]),
        # posts that a page embeds
        ("The gates are shut until noon. pic.example.com/cd34 — Ada Quill (@aquill) June 9, 2025\n\nThe port was glad.",
         [("The gates are shut until noon.", ["Ada Quill"])]),
        # somebody is cut short
        ("“The crane is—” Ada Quill began, before Bo Stone cut in: “It is safe.”",
         [("“The crane is—”", ["Ada Quill"]), ("“It is safe.”", ["Bo Stone"])]),
        ("Asked Ada Quill: “Who is right?” Asked about the cost, she left.", [("“Who is right?”", ["Ada Quill"])]),
        ("MAYOR ADA QUILL SAID THE FERRY WOULD STOP FOR A YEAR. “WE HAVE NO MONEY,” QUILL SAID.",
         [("THE FERRY WOULD STOP FOR A YEAR", ["ADA QUILL"]), ("“WE HAVE NO MONEY,”", ["ADA QUILL"])]),
        # a family name that the tagger or entity recognition takes for something else
        ("Bo Stone, who leads the union, denied that the crew had been warned. These pilots, Stone explained earlier in the week, were “well trained”.\n\nThe pier was cracked.",
         [("the crew had been warned", ["Bo Stone"]), ("These pilots … were “well trained”", ["Bo Stone"])]),
        # names of other languages, and somebody whom nobody names
        ("Nguyễn Minh Khai said the ferry was late.", [("the ferry was late", ["Nguyễn Minh Khai"])]),
        ("The ferry was late. “Never again!” the pilot shouted.", [("“Never again!”", ["the pilot"])]),
        # who writes goes on in the first person
        ("Ada Quill said that pride was a coat, which I thought was clever until I saw hers.", [("pride was a coat", ["Ada Quill"])]),
        # the title of a name that the parser hangs elsewhere
        ("“I will make this promise: We will find them,” Boston police Chief Carla Brown said Monday. “We will.”",
         [("“I will make this promise: We will find them,” … “We will.”", ["Carla Brown"])]),
        # a post is no paper, and a bracket no part of a name
        ("The post by an unknown author on the site said that the ferry had sunk.", [("the ferry had sunk", ["The post by an unknown author on the site"])]),
        ("According to Harbour Press Agency (HPA), the ferry had sunk.", [("the ferry had sunk", ["Harbour Press Agency"])]),
    ],
)  # fmt: skip
def test_asides(propose_text: Propose, text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert summarise(text, propose_text(text)) == expected
