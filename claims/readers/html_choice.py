"""Which paragraphs of a page are its article: trafilatura chooses, the text stays ours.

trafilatura returns text of its own making. A paragraph of ours belongs to the article if its words
stand there in the same order. Furniture that trafilatura let through is taken out, and what it
lost is added: the lead between headline and body, and paragraphs between two of the article.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from claims.readers.html_blocks import Block
from claims.readers.html_furniture import CAPTION
from claims.readers.html_lines import is_furniture
from claims.readers.html_marks import HEADINGS
from claims.readers.html_text import furniture_of

COVERED = 0.6
"""Share of a paragraph's triples of words that must stand in trafilatura's text: it drops words
(notes, marked ones) but seldom every third."""
LONG, LEAD, LOST, LOST_ELSEWHERE = 80, 60, 8, 100
"""Code points. Where the article begins and ends is told by its paragraphs of LONG; a lead has at
least LEAD, a paragraph that was lost has LOST, or LOST_ELSEWHERE if it is in another element."""
ABOVE, BETWEEN = 60, 30
"""Paragraphs that may stand between headline and body, and between two of the article."""
FEW_LINKS, HALF, ALL_LINK = 0.25, 0.5, 0.8
"""Shares of a paragraph in links: of one that is added, that nobody chose, of a mere link."""
LINK = 200
"""Code points. A paragraph that is nothing but a link, and shorter, leads away."""

_WORD = re.compile(r"\w+")
_CHAINED = frozenset({"li", "td", "tr", "figcaption"})
_LEADING_AWAY = frozenset({"p", "div", "section", "article", "h2", "h3", "h4"})


def choose(blocks: Sequence[Block], text: str) -> list[Block]:
    """The blocks of the article, in the order of the page.

    Args:
        blocks: All of the page.
        text: What trafilatura made of the page.
    """
    picked = _stand_in(blocks, text)
    captions = furniture_of([b for b, one in zip(blocks, picked, strict=True) if one])
    captions = {aside for aside in captions if aside.share == CAPTION}
    lines = [_is_line_of_furniture(block) for block in blocks]
    article = {
        place
        for place, one in enumerate(picked)
        if one and not lines[place] and captions.isdisjoint(blocks[place].asides)
    }
    long = [place for place in sorted(article) if len(blocks[place].text) >= LONG]
    if long or article:
        asides = furniture_of(blocks)
        free = {
            place
            for place, block in enumerate(blocks)
            if not lines[place] and block.link_share < FEW_LINKS and asides.isdisjoint(block.asides)
        }
        article |= set(_lost(blocks, long or sorted(article), free - article))
    return _without_repetition([blocks[place] for place in sorted(article)])


def prose_of(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that may be an article where nobody chose: no furniture, not mostly links."""
    asides = furniture_of(blocks)
    prose = [
        block
        for block in blocks
        if block.link_share < HALF
        and asides.isdisjoint(block.asides)
        and not _is_line_of_furniture(block)
    ]
    return _without_repetition(prose)


def _stand_in(blocks: Sequence[Block], text: str) -> list[bool]:
    lines = {tuple(_words(line)) for line in text.split("\n")}
    words = _words(text)
    triples = set(zip(words, words[1:], words[2:], strict=False))
    return [_stands_in(_words(block.text), lines, triples) for block in blocks]


def _stands_in(
    words: list[str], lines: set[tuple[str, ...]], triples: set[tuple[str, str, str]]
) -> bool:
    own = list(zip(words, words[1:], words[2:], strict=False))
    if not own:
        return tuple(words) in lines
    return sum(triple in triples for triple in own) >= COVERED * len(own)


def _lost(blocks: Sequence[Block], long: list[int], free: set[int]) -> Iterator[int]:
    """Places of the lead and of the paragraphs between, of those that are free."""
    first = long[0]
    above = range(first - 1, max(-1, first - ABOVE), -1)
    headline = next((place for place in above if blocks[place].element.tag == "h1"), first)
    for place in range(headline + 1, first):
        alone = blocks[place].element.tag not in _CHAINED
        if place in free and alone and len(blocks[place].text) >= LEAD:
            yield place
    for before, after in pairwise(long):
        parents = {blocks[one].element.getparent() for one in (before, after)}
        for place in range(before + 1, after if after - before <= BETWEEN else before):
            least = LOST if blocks[place].element.getparent() in parents else LOST_ELSEWHERE
            if place in free and len(blocks[place].text) >= least:
                yield place


def _is_line_of_furniture(block: Block) -> bool:
    share = block.link_share
    if is_furniture(block.text, share):
        return True
    return share > ALL_LINK and len(block.text) < LINK and block.element.tag in _LEADING_AWAY


def _without_repetition(article: list[Block]) -> list[Block]:
    """Without long paragraphs that stand twice, and without headings that nothing follows."""
    seen: set[str] = set()
    once = []
    for block in article:
        if len(block.text) < LONG or block.text not in seen:
            once.append(block)
        seen.add(block.text)
    while len(once) > 1 and once[-1].element.tag in HEADINGS:
        once.pop()
    return once


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("\u00ad", ""))
