"""NITF, alone or within NewsML-G2: the parts of its body."""

import re
from dataclasses import dataclass

from lxml import etree

from claims.readers.xml_text import line_of, text_of_element
from claims.readers.xml_tree import child

BY = re.compile(r"^by\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NitfBody:
    """What the body of an NITF document holds.

    Attributes:
        text: Of the story alone, without headline, byline, captions and taglines.
        headline: The main one.
        byline: With the author's office, as printed after "By".
        distributor: Who sends it out.
    """

    text: str
    headline: str | None
    byline: str | None
    distributor: str | None


def nitf_body(nitf: etree._Element) -> NitfBody:
    """The body of an `<nitf>` element; of several `<body.content>`, all."""
    head = child(nitf, "body", "body.head")
    contents = nitf.iterfind("{*}body/{*}body.content")
    texts = filter(None, map(text_of_element, contents))
    hedline = child(head, "hedline")
    return NitfBody(
        text="\n".join(texts),
        headline=line_of(child(hedline, "hl1")) or line_of(hedline),
        byline=BY.sub("", line_of(child(head, "byline")) or "") or None,
        distributor=line_of(child(head, "distributor")),
    )
