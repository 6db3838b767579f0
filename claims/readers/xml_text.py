"""The text of elements of XML, NITF's among them: a block is a paragraph."""

from collections.abc import Iterator
from html import unescape

from lxml import etree

from claims.readers.xml_tree import local
from claims.text.clean import clean_line, clean_text

BLOCKS = frozenset(
    ("block", "bq", "br", "credit", "dd", "dl", "dt", "hl1", "hl2", "hr", "li", "nitf-table",
    "note", "ol", "p", "pre", "table", "td", "th", "tr", "ul")
)  # fmt: skip
UNSEEN = frozenset(("media", "object"))
"""Pictures with their captions, which are no sentences of the article."""


def text_of_element(root: etree._Element) -> str:
    """The text of an element, a line a paragraph."""
    lines = "".join(_strings(root)).split("\n")
    return clean_text("\n".join(filter(None, (" ".join(line.split()) for line in lines)))).text


def line_of(element: etree._Element | None) -> str | None:
    """All text of an element on one line; None if there is none."""
    return None if element is None else clean_line(text_of_element(element)) or None


def _strings(root: etree._Element) -> Iterator[str]:
    """Its texts in order; newlines around blocks alone, those of the source being spaces."""
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        name = local(element)
        if name in BLOCKS:
            yield "\n"
        if event == "start":
            if name in UNSEEN and element is not root:
                walk.skip_subtree()
                continue
            yield _opening(element, name)
            continue
        # A browser prints the marks of `<q>`, so they are part of what is read.
        yield "\u201d" if name == "q" else ""
        if element is not root:
            yield _flat(element.tail)


def _opening(element: etree._Element, name: str) -> str:
    text = _flat(element.text)
    if element.tag is etree.Entity:
        # Left as it is by the parser: its DTD was not opened. These are HTML's names.
        return unescape(text)
    return f"\u201c{text}" if name == "q" else text


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ")
