"""A page's text as a tree of elements, whatever the page."""

from typing import TypeAlias

from lxml import etree
from lxml.html import HtmlElement, HTMLParser

Tree: TypeAlias = HtmlElement


def parse_page(text: str) -> Tree | None:
    """The root element, or None if there is no element at all."""
    # The text goes in as UTF-8: libxml2 refuses text that declares an encoding, and ends at a NUL.
    raw = text.replace("\0", "\ufffd").encode("utf-8", "replace")
    parser = HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
        default_doctype=False,
    )
    try:
        return etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError):
        return None


def parse_fragment(text: str) -> Tree | None:
    """The root of a page that has the fragment as its body."""
    return parse_page(f"<html><body><div>{text}</div></body></html>")
