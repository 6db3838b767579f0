"""The parser, loaded once."""

from datetime import date

import pytest

from claims.extraction.parse import Parser
from claims.extraction.pipeline import propose
from tests.extraction.proposals import Propose
from tests.in_process import load_parser

PUBLISHED = date(2018, 7, 14)


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The English parser."""
    return load_parser()


@pytest.fixture
def propose_text(parser: Parser) -> Propose:
    """The proposals of a text published on Saturday, 14 July 2018."""
    return lambda text: list(propose(parser, text, PUBLISHED))
