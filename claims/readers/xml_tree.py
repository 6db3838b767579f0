"""XML from strangers: nothing it names is opened, and no entity of its own is expanded."""

from collections.abc import Iterator

from lxml import etree

from claims.model.problem import Problem, Reason
from claims.readers.xml_limits import RefusedXmlError, check_xml
from claims.text.clean import clean_line

SHOWN = 200
ELEMENTS = 500_000
"""Of a document; a message of a hundred items has some ten thousand."""
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def parse_xml(location: str, raw: bytes) -> etree._Element | Problem:
    """The root element, or the problem with the document.

    A DOCTYPE that only names a DTD elsewhere, as NITF has, is allowed and not followed. One that
    declares entities is refused: they can open files, and ten lines of them can fill the memory.
    """
    try:
        check_xml(raw, elements=ELEMENTS, forgiven=False)
    except RefusedXmlError as error:
        return Problem(location, error.reason, error.detail)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, collect_ids=False,
    )  # fmt: skip
    try:
        return etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError, LookupError) as error:
        return Problem(location, Reason.BAD_XML, clean_line(str(error))[:SHOWN])


def local(element: etree._Element) -> str:
    """The element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Its children of these names, whatever their namespace: providers differ in it."""
    for child in () if element is None else element:
        if local(child) in names:
            yield child


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """What is reached by taking the first child of each name; None if there is none."""
    for name in path:
        element = next(children(element, name), None)
    return element
