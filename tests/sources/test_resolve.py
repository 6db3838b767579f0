"""When a name is the same source, and when it is not."""

import uuid

from claims.model.kinds import SourceKind
from claims.sources.resolve import Named, resolve

HERE, THERE = uuid.uuid4(), uuid.uuid4()
STORED, OTHER = uuid.uuid4(), uuid.uuid4()
FULL = Named(SourceKind.PERSON, "Ada Quill")
LONE = Named(SourceKind.PERSON, "Quill")
GROUP = Named(SourceKind.GROUP, "two officials")
OUTLET = Named(SourceKind.OUTLET, "AP")


def test_full_names_and_outlets_are_the_same_everywhere() -> None:
    for name in (FULL, OUTLET):
        assert resolve([name], {}, HERE) == resolve([name], {}, THERE)


def test_lone_surnames_and_groups_are_their_articles_own() -> None:
    for name in (LONE, GROUP):
        assert resolve([name], {}, HERE) != resolve([name], {}, THERE)


def test_case_and_spacing_make_no_other_source() -> None:
    shouted = Named(SourceKind.PERSON, "ADA  QUILL")
    assert resolve([FULL], {}, HERE)[FULL] == resolve([shouted], {}, HERE)[shouted]


def test_a_kind_is_part_of_who_it_is() -> None:
    company = Named(SourceKind.ORGANISATION, "Ada Quill")
    assert len(set(resolve([FULL, company], {}, HERE).values())) == 2


def test_one_stored_source_is_taken_and_of_two_none() -> None:
    assert resolve([FULL], {FULL: (STORED,)}, HERE)[FULL] == STORED
    assert resolve([FULL], {FULL: (STORED, OTHER)}, HERE)[FULL] not in {STORED, OTHER}
