"""When a mention is a stored source, when a new one, and when it is only like one."""

import uuid
from collections.abc import Sequence
from datetime import date

import pytest

from claims.model.kinds import SourceKind
from claims.sources.candidates import Index, StoredSource
from claims.sources.mention import Mention
from claims.sources.offices import OfficeHolding
from claims.sources.resolve import Knowledge, Link, resolve

HERE, THERE = uuid.uuid4(), uuid.uuid4()
PERSON, GROUP = SourceKind.PERSON, SourceKind.GROUP
OUTLET, BODY = SourceKind.OUTLET, SourceKind.ORGANISATION


def stored_as(*names: str, kind: SourceKind = PERSON, offices: Sequence[str] = ()) -> StoredSource:
    source = uuid.uuid4()
    return StoredSource(source, kind, names, source, tuple(offices))


def link(
    name: str,
    *stored: StoredSource,
    kind: SourceKind = PERSON,
    offices: Sequence[str] = (),
    scope: uuid.UUID = HERE,
) -> Link:
    mention = Mention(kind, name)
    knowledge = Knowledge(Index(stored).candidates_for)
    return resolve({mention: offices}, knowledge, scope)[mention]


@pytest.mark.parametrize(
    ("name", "kind"), [("Ada Quill", PERSON), ("AP", OUTLET), ("Harbour Agency", BODY)]
)
def test_a_telling_name_is_one_source_in_every_article(name: str, kind: SourceKind) -> None:
    assert link(name, kind=kind) == link(name, kind=kind, scope=THERE)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Quill", PERSON),
        ("A. Quill", PERSON),
        ("John Smith", PERSON),
        ("two officials", GROUP),
        ("the company", BODY),
        ("state TV", OUTLET),
    ],
)
def test_any_other_name_is_its_articles_own(name: str, kind: SourceKind) -> None:
    assert link(name, kind=kind).source != link(name, kind=kind, scope=THERE).source


@pytest.mark.parametrize("name", ["!!!", "—", "🍎"])
@pytest.mark.parametrize("kind", [OUTLET, BODY])
def test_a_name_without_letters_is_compared_as_it_is(name: str, kind: SourceKind) -> None:
    stored = stored_as(name, kind=kind)
    assert link(name, stored, kind=kind).source == stored.source
    assert link("???", stored, kind=kind).rule == "new"


def test_case_and_spacing_make_no_other_source() -> None:
    assert link("Ada Quill").source == link("ADA  QUILL").source


def test_a_kind_is_part_of_who_it_is() -> None:
    assert link("Ada Quill").source != link("Ada Quill", kind=BODY).source


@pytest.mark.parametrize(
    "printed", ["Sergei Korolyov", "Dr. Sergey Korolyov", "Sergey P. Korolyov", "SERGEY KOROLYOV"]
)
def test_another_spelling_or_title_is_linked_and_explained(printed: str) -> None:
    stored = stored_as("Sergey Korolyov")
    resolved = link(printed, stored)
    assert (resolved.source, resolved.rule) == (stored.source, "name")
    assert resolved.reason.endswith("Sergey Korolyov")


def test_of_two_with_the_very_name_none_is_taken_and_both_are_suggested() -> None:
    stored = [stored_as("Ada Quill"), stored_as("Ada Quill")]
    resolved = link("Ada Quill", *stored)
    assert resolved.rule == "new"
    assert {one.source for one in resolved.suggestions} == {one.source for one in stored}


def test_two_records_that_were_merged_are_one_candidate() -> None:
    root = stored_as("Ada Marie Quill")
    merged = StoredSource(uuid.uuid4(), PERSON, ("Ada Quill",), root.source)
    assert link("Ada Quill", root, merged).source == merged.source


def test_a_common_name_is_linked_by_its_office_alone() -> None:
    stored = stored_as("John Smith", offices=["mayor of Leeds"])
    assert link("John Smith", stored).rule == "new"
    assert link("John Smith", stored, offices=["the striker"]).rule == "new"
    resolved = link("John Smith", stored, offices=["Leeds mayor"])
    assert (resolved.source, resolved.rule) == (stored.source, "name")
    assert link("John Smith", stored).suggestions[0].source == stored.source


def test_another_script_is_suggested_never_linked() -> None:
    stored = stored_as("Владимир Кораблёв")
    resolved = link("Vladimir Korablev", stored)
    assert resolved.rule == "new"
    assert [one.source for one in resolved.suggestions] == [stored.source]
    disguised = link("Vl\N{CYRILLIC SMALL LETTER A}dimir Korablev", stored_as("Vladimir Korablev"))
    assert disguised.rule == "new"


def test_a_surname_is_the_one_bearer_in_the_article() -> None:
    full, surname = Mention(PERSON, "Ada Quill"), Mention(PERSON, "Quill")
    nothing = Knowledge(Index().candidates_for)
    links = resolve({surname: (), full: ()}, nothing, HERE)
    assert links[surname].source == links[full].source
    assert links[surname].rule == "article"
    other = Mention(PERSON, "Bo Quill")
    links = resolve({surname: (), full: (), other: ()}, nothing, HERE)
    assert links[surname].rule == "new"


def test_an_abbreviation_of_an_agency_is_the_agency_under_its_name() -> None:
    resolved = link("AP", kind=OUTLET)
    assert (resolved.name, resolved.kind, resolved.rule) == (
        "The Associated Press",
        OUTLET,
        "register",
    )
    stored = stored_as("The Associated Press", "AP", kind=OUTLET)
    assert link("AP", stored, kind=OUTLET).source == stored.source


def test_an_office_means_who_held_it_on_the_day() -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    held = [
        OfficeHolding(
            first, PERSON, "Ada Quill", "Foreign Minister", "Ruritania", None, date(2017, 6, 30)
        ),
        OfficeHolding(
            second, PERSON, "Bo Reed", "foreign minister", "Ruritania", date(2017, 7, 1), None
        ),
    ]
    knowledge = Knowledge(Index().candidates_for, held)

    def meant(words: str, day: date | None) -> uuid.UUID | None:
        mention = Mention(GROUP, words, day)
        resolved = resolve({mention: ()}, knowledge, HERE)[mention]
        return resolved.source if resolved.rule == "office" else None

    assert meant("the foreign minister of Ruritania", date(2018, 7, 12)) == second
    assert meant("Ruritania's foreign minister", date(2017, 6, 30)) == first
    assert meant("the foreign minister of Ruritania", None) is None
    assert meant("the foreign minister", date(2018, 7, 12)) is None
    assert meant("the deputy foreign minister of Ruritania", date(2018, 7, 12)) is None
    assert meant("foreign ministers of Ruritania", date(2018, 7, 12)) is None


def test_a_link_does_not_depend_on_the_order_of_stored_sources() -> None:
    stored = [
        stored_as("Ada Quill"),
        stored_as("Ada Marie Quill"),
        stored_as("Bo Quill"),
    ]
    assert link("Ada Quill", *stored) == link("Ada Quill", *reversed(stored))
