"""The fields of a ninjs object under the names of all its versions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from claims.model.json import Json, JsonObject
from claims.model.problem import Problem
from claims.readers.html_text import text_of_fragment
from claims.readers.jsonl import moment_of
from claims.readers.nitf_parts import nitf_body
from claims.readers.web_address import web_address
from claims.readers.xml_tree import parse_xml
from claims.text.clean import clean_line, clean_text

PUBLISHING = ("provider", "publisher", "distributor", "supplier")
ADDRESS = re.compile(r"url|canonical|permalink|\blink\b|\bweb\b|webpage", re.IGNORECASE)
PARTIAL = re.compile(r"abstract|summary|teaser|caption|lead\b|ingress|preamble", re.IGNORECASE)
"""Roles of bodies that are not the article."""
MARKUP = re.compile(r"</?[a-z][\w:.-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
CHANGING = re.compile(r"etag|version|revision|checksum|timestamp", re.IGNORECASE)
"""Roles of ids that are others with each version."""
NITF = "<body.content"
SHORTEST_ID = 6


@dataclass(frozen=True, slots=True)
class NinjsFields:
    """The fields that we take.

    Attributes:
        by_name: All fields; names in lower case, which makes those of the versions the same.
    """

    by_name: JsonObject

    def line(self, *names: str) -> str | None:
        """The first of these fields that has a text or a number."""
        return next(filter(None, (_line(self.by_name.get(name)) for name in names)), None)

    def moment(self, name: str) -> datetime | None:
        """The moment in a field.

        Raises:
            ValueError: It is none.
        """
        value = self.line(name)
        return moment_of(value) if value else None

    def text(self) -> str:
        """The article: the longest body with markup, else the longest without, else empty."""
        bodies = [
            value
            for role, kind, value in self._parts("bodies", "body")
            if not PARTIAL.search(f"{role} {kind}")
        ]
        texts = [_body_text(value) for value in bodies]
        best = max(texts, key=lambda it: it[:2], default=(0, 0, ""))
        return best[2]

    def headline(self) -> str | None:
        """The main headline, else the first one."""
        headlines = [
            (role, clean_line(text_of_fragment(value) if MARKUP.search(value) else value))
            for role, _, value in self._parts("headlines", "headline")
        ]
        main = [text for role, text in headlines if role in {"main", ""}]
        return next(filter(None, [*main, *(text for _, text in headlines)]), None)

    def outlet(self) -> str | None:
        """Who sends it out."""
        publishing = (name for role, name in self._sources() if role.endswith(PUBLISHING))
        return next(publishing, self.line("copyrightholder"))

    def credits(self) -> Iterator[str | None]:
        """Where that one has it from: other information sources, then the line of credit."""
        yield from (name for role, name in self._sources() if not role.endswith(PUBLISHING))
        yield self.line("creditline", "credit")

    def _sources(self) -> Iterator[tuple[str, str | None]]:
        """Role and name of each information source."""
        sources = self.by_name.get("infosources") or self.by_name.get("infosource")
        for source in _objects(sources):
            role = _line(source.get("role")) or _line(source.get("rel")) or ""
            yield role.lower(), _line(source.get("name")) or _line(source.get("literal"))

    def addresses(self) -> tuple[str, ...]:
        """Addresses of the article: ids and renditions that are called so."""
        named = [value for role, value in self._ids() if ADDRESS.search(role)]
        for rendition in _objects(self.by_name.get("renditions")):
            kind = _line(rendition.get("contenttype")) or _line(rendition.get("contentType")) or ""
            if "html" in kind and ADDRESS.search(_line(rendition.get("name")) or ""):
                named.append(_line(rendition.get("href")) or "")
        return tuple(dict.fromkeys(filter(None, map(web_address, named))))

    def other_ids(self) -> tuple[str, ...]:
        """Ids that stay with the article; no words such as "(ap)", which many articles share."""
        return tuple(
            dict.fromkeys(
                value
                for role, value in self._ids()
                if not CHANGING.search(role)
                and not web_address(value)
                and len(value) >= SHORTEST_ID
                and any(map(str.isdecimal, value))
            )
        )

    def _ids(self) -> Iterator[tuple[str, str]]:
        ids = self.by_name.get("altids")
        if isinstance(ids, Mapping):
            pairs = [(role, _line(value)) for role, value in ids.items()]
        else:
            pairs = [(_line(it.get("role")) or "", _line(it.get("value"))) for it in _objects(ids)]
        yield from ((role, value) for role, value in pairs if value)

    def _parts(self, name: str, old: str) -> Iterator[tuple[str, str, str]]:
        """Role, media type and value of each; ninjs 1 has the role in the name: `body_xhtml`."""
        for part in _objects(self.by_name.get(name)):
            value = part.get("value")
            if isinstance(value, str):
                kind = _line(part.get("contenttype")) or _line(part.get("contentType")) or ""
                yield (_line(part.get("role")) or "").lower(), kind, value
        for field, value in self.by_name.items():
            if isinstance(value, str) and (field == old or field.startswith(f"{old}_")):
                yield field[len(old) + 1 :], "", value


def _body_text(value: str) -> tuple[int, int, str]:
    """How well it suits, its length, and its text."""
    if not MARKUP.search(value):
        lines = (" ".join(line.split()) for line in clean_text(value).text.split("\n"))
        text = "\n".join(filter(None, lines))
        return int(bool(text)), len(text), text
    if NITF in value:
        root = parse_xml("-", value.encode("utf-8", "replace"))
        text = "" if isinstance(root, Problem) else nitf_body(root).text
        return int(bool(text)), len(text), text
    text = text_of_fragment(value)
    return 2 if text else 0, len(text), text


def _objects(value: Json) -> Iterator[JsonObject]:
    """The objects of an array; of an object, as ninjs 1 has renditions, those in it, named."""
    if isinstance(value, Mapping):
        value = [{"name": name, **it} for name, it in value.items() if isinstance(it, Mapping)]
    if isinstance(value, list | tuple):
        yield from (it for it in value if isinstance(it, Mapping))


def _line(value: Json) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return clean_line(value) or None if isinstance(value, str) else None
