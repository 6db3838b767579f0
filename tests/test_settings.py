"""The environment, read once."""

from pathlib import Path

from claims.settings import read_settings


def test_empty_variables_count_as_not_set() -> None:
    settings = read_settings({"DATABASE_URL": "", "CLAIMS_REVIEWER": "", "CLAIMS_HOME": ""})
    assert (settings.database_url, settings.reviewer) == (None, None)
    assert settings.home.is_absolute()


def test_the_home_can_be_moved() -> None:
    assert read_settings({"CLAIMS_HOME": "/tmp/a b"}).home == Path("/tmp/a b")  # noqa: S108 - a name, never opened
