"""HTML fragments, such as a feed's items hold, as text."""

from collections.abc import Iterator

from lxml import etree, html

from claims.text.clean import clean_text

BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption",
     "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
     "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul")
)  # fmt: skip
UNSEEN = ("script", "style", "template", "noscript", "iframe", "object", "svg", "math")


def text_of(fragment: str) -> str:
    """The text of a piece of HTML, a line a paragraph; empty if there is none."""
    try:
        root = html.fromstring(f"<div>{clean_text(fragment).text}</div>")
    except (etree.LxmlError, ValueError):
        return ""
    etree.strip_elements(root, *UNSEEN, with_tail=False)
    lines = ("".join(_texts(root))).split("\n")
    return clean_text("\n".join(filter(None, (" ".join(line.split()) for line in lines)))).text


def _texts(root: html.HtmlElement) -> Iterator[str]:
    """Its texts in order; newlines around blocks alone, those of the source being spaces."""
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "end" and element.tag == "q":
            yield "”"
        block = isinstance(element.tag, str) and element.tag in BLOCKS
        if block:
            yield "\n"
        if event == "start" and element.tag == "q":
            yield "“"
        if event == "start" and element.text:
            yield element.text.replace("\n", " ")
        elif event != "start" and element is not root and element.tail:
            yield element.tail.replace("\n", " ")
