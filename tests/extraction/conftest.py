"""The parser, loaded once."""

from datetime import date

import pytest

from claims.extraction.parse import Parser, load_parser
from claims.extraction.pipeline import propose
from tests.extraction.proposals import Propose

PUBLISHED = date(2018, 7, 14)


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The English parser."""
    return load_parser()


@pytest.fixture
def propose_text(parser: Parser) -> Propose:
    """The proposals of a text published on Saturday, 14 July 2018."""
    return lambda text: list(propose(parser, text, PUBLISHED))
