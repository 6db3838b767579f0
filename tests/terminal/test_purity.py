"""What is drawn and what a key means follow from values alone."""

from tests.shape.test_imports import session_modules
from tests.shape.tree import modules

PURE = ("claims.terminal.screen", "claims.terminal.keys")


def test_screens_and_keys_take_no_session() -> None:
    pure = {module.name for module in modules() if module.name.startswith(PURE)}
    assert pure
    assert pure & session_modules() == set()
