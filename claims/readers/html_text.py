"""The text of HTML that is an article and nothing else: a feed's, a wire's, a mail's."""

from collections import Counter
from collections.abc import Sequence

from lxml.html import HtmlElement

from claims.readers.encoding import decode_page
from claims.readers.html_blocks import Aside, Block, blocks_of
from claims.readers.html_tree import parse_fragment
from claims.text.clean import clean_text


def text_of_fragment(
    fragment: str | bytes | HtmlElement, language: str = "en", charset: str | None = None
) -> str:
    """The cleaned text, a line a paragraph; empty if there is none.

    Everything in it is taken to be the article, but what is not seen, and furniture.

    Args:
        fragment: HTML, with or without `<html>` around it; bytes that cannot be decoded are taken
            for windows-1252; or an element of a tree, which is not changed.
        language: Decides how `<q>` is printed where no `lang` says otherwise.
        charset: Of bytes, if the message or the server says it.
    """
    if isinstance(fragment, bytes):
        decoded = decode_page("-", fragment, charset)
        fragment = getattr(decoded, "text", None) or fragment.decode("cp1252", "replace")
    root = parse_fragment(fragment) if isinstance(fragment, str) else fragment
    if root is None:
        return ""
    return text_of_blocks(without_asides(blocks_of(root, language)))


def without_asides(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that stand in no furniture."""
    furniture = furniture_of(blocks)
    return [block for block in blocks if furniture.isdisjoint(block.asides)]


def furniture_of(blocks: Sequence[Block]) -> set[Aside]:
    """The elements that look like furniture and do not hold so much that they are the article."""
    sizes: Counter[Aside] = Counter()
    for block in blocks:
        for aside in block.asides:
            sizes[aside] += len(block.text)
    whole = sum(len(block.text) for block in blocks)
    return {aside for aside, size in sizes.items() if size <= aside.share * whole}


def text_of_blocks(blocks: Sequence[Block]) -> str:
    """The text of blocks, cleaned, a line a block."""
    return clean_text("\n".join(block.text for block in blocks)).text
