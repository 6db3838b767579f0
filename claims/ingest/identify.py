"""Identify an article: ids made from the article alone, so that reading it again finds it."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from claims.model.article import Article
from claims.model.identity import derived_id
from claims.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Identity:
    """Which document and which version of it an article is.

    Attributes:
        document: Made from the URL; else from the outlet and the feed's own id; else from the text.
        version: Made from the document and the text.
        sha256: Digest of the text in UTF-8.
    """

    document: uuid.UUID
    version: uuid.UUID
    sha256: bytes


def identify(article: Article) -> Identity:
    """Make an article's ids; the same article always has the same."""
    sha256 = hashlib.sha256(article.text.encode()).digest()
    if article.url:
        document = derived_id("document", "url", article.url)
    elif article.external_id:
        document = derived_id("document", "id", article.outlet or "", article.external_id)
    else:
        document = derived_id("document", "text", sha256.hex())
    return Identity(document, derived_id("version", str(document), sha256.hex()), sha256)


def problem_id(problem: Problem) -> uuid.UUID:
    """The id of a problem: the same one at the same location is stored once."""
    return derived_id(
        "problem",
        problem.place,
        "" if problem.line is None else str(problem.line),
        problem.field or "",
        problem.reason,
        problem.detail,
        problem.value or "",
    )


def run_id(command: str, inputs: Iterable[str], *versions: str) -> uuid.UUID:
    """The id of a run: the same command on the same inputs continues it."""
    return derived_id("run", command, *versions, *inputs)
