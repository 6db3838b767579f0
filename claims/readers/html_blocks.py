"""The paragraphs of a tree of elements, each with what is known of it: our own walk.

One pass without recursion. An inline element neither separates nor joins words; an element that
begins a line in a browser begins a paragraph here; what is not seen is not text.
"""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from claims.readers.html_furniture import share_that_absolves
from claims.readers.html_marks import BLOCKS, CELLS, QUOTES, is_unseen, marks_for, note_words

LONG_CELL = 160
"""Code points. A cell with more holds prose and is a paragraph; shorter ones share their row's."""

_SPACE = re.compile(r"\s+")
_SENTENCE_END = tuple(".!?:;…”\"'’»)")
_CELL = "\0"
"""Cannot stand in a tree's text."""


class Aside(NamedTuple):
    """An element that looks like furniture.

    Attributes:
        number: Its place among all such of the page.
        share: The share of the text above which it is the article nevertheless.
    """

    number: int
    share: float


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph.

    Attributes:
        text: On one line; cells of a table's row are separated by tabs.
        element: The nearest element around it that begins a paragraph.
        linked: How many of its code points stand in links.
        asides: The elements around it that look like furniture.
    """

    text: str
    element: HtmlElement
    linked: int
    asides: tuple[Aside, ...]

    @property
    def link_share(self) -> float:
        """The share of its text that stands in links."""
        return self.linked / len(self.text)


@dataclass(slots=True)
class _Walk:
    """Where the walk is."""

    language: str
    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    around: list[HtmlElement] = field(default_factory=list)
    languages: list[tuple[HtmlElement, str]] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    asides: list[tuple[HtmlElement, Aside]] = field(default_factory=list)
    seen_asides: int = 0
    links: int = 0
    linked: int = 0
    breaks: int = 0

    def add(self, text: str | None) -> None:
        """Text that stands at this place."""
        if not text:
            return
        if self.breaks and not text.isspace():
            self.end_line(text)
        self.parts.append(text)
        if self.links:
            self.linked += len(_SPACE.sub(" ", text))

    def end_line(self, following: str) -> None:
        """After `<br>`: the paragraph ends, unless one break stands within a sentence."""
        before = "".join(self.parts[-4:]).rstrip()
        wrapped = before and not before.endswith(_SENTENCE_END) and following.lstrip()[0].islower()
        if self.breaks == 1 and wrapped:
            self.parts.append(" ")
            self.breaks = 0
        else:
            self.flush()

    def flush(self) -> None:
        """The paragraph ends here."""
        self.breaks = 0
        if not self.parts:
            return
        text = _SPACE.sub(" ", "".join(self.parts)).strip()
        if text and self.around:
            linked = min(self.linked, len(text))
            asides = tuple(aside for _, aside in self.asides)
            text = re.sub(rf" ?{_CELL} ?", "\t", text)
            self.blocks.append(Block(text, self.around[-1], linked, asides))
        self.parts.clear()
        self.linked = 0


def blocks_of(root: HtmlElement, language: str = "en") -> list[Block]:
    """The paragraphs below an element, in the order of the page.

    Args:
        root: The element.
        language: Of its text where no `lang` says otherwise: it decides how `<q>` is printed.
    """
    walk = _Walk(language)
    elements = etree.iterwalk(root, events=("start", "end"))
    for event, element in elements:
        if event == "end":
            _leave(walk, element)
            if element is not root:
                walk.add(element.tail)
        elif _is_passed_over(element) or not _enter(walk, element):
            elements.skip_subtree()
        else:
            walk.add(element.text)
    walk.flush()
    return walk.blocks


def _is_passed_over(element: HtmlElement) -> bool:
    return not isinstance(element.tag, str) or is_unseen(element)


def _enter(walk: _Walk, element: HtmlElement) -> bool:
    """Read the beginning of an element; whether its content is to be read."""
    tag = element.tag
    share = share_that_absolves(element)
    if share is not None:
        walk.flush()
        walk.asides.append((element, Aside(walk.seen_asides, share)))
        walk.seen_asides += 1
    if tag in BLOCKS:
        walk.flush()
        walk.around.append(element)
    elif tag == "a":
        walk.links += 1
    elif tag in CELLS:
        _enter_cell(walk, element)
    elif tag == "sup":
        return _enter_note(walk, element)
    if "lang" in element.attrib:
        walk.languages.append((element, element.get("lang")))
    if tag == "q":
        _open_quote(walk, element)
    return True


def _leave(walk: _Walk, element: HtmlElement) -> None:
    """Read the end of an element."""
    tag = element.tag
    if walk.around and walk.around[-1] is element:
        walk.flush()
        walk.around.pop()
    elif tag == "br":
        walk.breaks += 1
    elif tag == "a":
        walk.links = max(0, walk.links - 1)
    elif tag == "q" and walk.quotes:
        walk.parts.append(walk.quotes.pop())
    if walk.languages and walk.languages[-1][0] is element:
        walk.languages.pop()
    if walk.asides and walk.asides[-1][0] is element:
        walk.flush()
        walk.asides.pop()


def _enter_cell(walk: _Walk, element: HtmlElement) -> None:
    if not walk.around:
        walk.around.append(element)
    if sum(map(len, walk.parts)) > LONG_CELL:
        walk.flush()
    elif any(not part.isspace() for part in walk.parts):
        walk.parts.append(_CELL)


def _enter_note(walk: _Walk, element: HtmlElement) -> bool:
    words = note_words(element, "".join(walk.parts[-4:]))
    if words is None:
        return True
    walk.add(words)
    return False


def _open_quote(walk: _Walk, element: HtmlElement) -> None:
    """Print the marks that a browser prints, unless the page has its own inside."""
    language = walk.languages[-1][1] if walk.languages else walk.language
    opening, closing = marks_for(language, len(walk.quotes))
    if (element.text or "").lstrip()[:1] in tuple(QUOTES):
        opening = closing = ""
    walk.add(opening)
    walk.quotes.append(closing)
