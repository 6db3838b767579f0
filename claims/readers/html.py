"""Web pages, as saved: the article's own words, without menus, comments and advertising."""

import re
from collections.abc import Iterator
from datetime import date

import trafilatura
from trafilatura.settings import Document

from claims.model.article import Article
from claims.model.problem import Problem, Reason
from claims.readers.options import ReadOptions, moment, report_bad_bytes
from claims.text.clean import clean_line, clean_text
from claims.text.decode import decode_html

READER = f"html/1+trafilatura-{trafilatura.__version__}"


def read_html(place: str, raw: bytes, options: ReadOptions) -> Iterator[Article | Problem]:
    """Read the article of one web page."""
    raise NotImplementedError
