"""What `--explain` shows for a proposal."""

from datetime import date

from claims.extraction.explain import explain
from claims.extraction.parse import Parser


def test_rule_cue_chain_and_the_way_through_the_parse(parser: Parser) -> None:
    text = "Ada Quill, the mayor, said on Thursday that the bridge was safe, Harbour News reported."
    lines = "\n".join(explain(parser, text, date(2018, 7, 14)))
    assert lines.startswith("1. the bridge was safe")
    for part in (
        "verb/clause: speech, says; paraphrase, score 0.",
        "cue     “said” at 22",
        "voice   Ada Quill (person)",
        "as “the mayor”",
        "through Harbour News (outlet)",
        "said    “on Thursday” = 2018-07-12",
        "Quill ←nsubj said; said →ccomp was",
    ):
        assert part in lines


def test_nothing_found_and_nothing_looked_for(parser: Parser) -> None:
    assert explain(parser, "The bridge was closed.", None) == ["Nothing was found."]
    german = "Der Minister hat am Donnerstag gesagt, dass die Brücke wieder sicher sei."
    assert explain(parser, german, None) == ["Nothing was looked for: not English."]
