"""The content of a NewsML-G2 news item."""

from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from claims.readers.html_text import text_of_fragment
from claims.readers.nitf_parts import nitf_body
from claims.readers.xml_tree import child, children, local
from claims.text.clean import clean_text


@dataclass(frozen=True, slots=True)
class NewsmlContent:
    """The text of an item, with what stands beside it.

    Attributes:
        text: Empty if there is none.
        headline: If the content has one of its own.
        byline: Likewise.
        why_empty: Why there is no text, after "a news item".
    """

    text: str = ""
    headline: str | None = None
    byline: str | None = None
    why_empty: str = "without content"


def newsml_content(content_set: etree._Element | None) -> NewsmlContent:
    """The best of the renditions of the content: the longest text, marked up before plain."""
    remote = next(children(content_set, "remoteContent"), None)
    if content_set is None or not len(content_set):
        return NewsmlContent()
    why = "whose content is elsewhere" if remote is not None else "without a text in it"
    marked = list(filter(lambda it: it.text, map(_inline_xml, children(content_set, "inlineXML"))))
    plain = list(filter(lambda it: it.text, map(_inline_text, children(content_set, "inlineData"))))
    return max(marked or plain, key=lambda it: len(it.text), default=NewsmlContent(why_empty=why))


def _inline_xml(element: etree._Element) -> NewsmlContent:
    for document in element:
        name = local(document)
        if name == "nitf":
            story = nitf_body(document)
            return NewsmlContent(story.text, story.headline, story.byline)
        if name == "html":
            body = child(document, "body")
            return NewsmlContent("" if body is None else _html_text(body))
        if name in {"div", "section", "article", "body", "p"}:
            return NewsmlContent(_html_text(element))
    return NewsmlContent()


def _html_text(element: etree._Element) -> str:
    """The text of XHTML, read as HTML: without prefixes and namespaces, which HTML has none of."""
    plain = deepcopy(element)
    for part in plain.iter(etree.Element):
        part.tag = local(part)
    return text_of_fragment(etree.tostring(plain, encoding="unicode", method="html"))


def _inline_text(element: etree._Element) -> NewsmlContent:
    if element.get("encoding"):
        # Base64 holds pictures.
        return NewsmlContent()
    text = "".join(element.itertext())
    if "html" in (element.get("contenttype") or ""):
        return NewsmlContent(text_of_fragment(text))
    lines = (" ".join(line.split()) for line in clean_text(text).text.split("\n"))
    return NewsmlContent("\n".join(filter(None, lines)))
