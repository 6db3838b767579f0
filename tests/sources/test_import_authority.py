"""Registers outcome in: three formats, bad rows reported, nothing doubled, nothing overwritten."""

import json
import os
import uuid
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from claims.database.engine import Database, OpenSession
from claims.database.errors import StatementFailedError
from claims.errors.files import UnreadablePathError
from claims.ingest.authority import import_authority
from claims.ledger.append import load_head, load_rows, sign_in
from claims.ledger.chain import verify
from claims.model.authority import AuthorityEntry, AuthorityOffice
from claims.model.decision import Signature
from claims.model.kinds import SourceKind
from claims.model.problem import Problem
from claims.readers.authorities.source import read_authority
from claims.schema import DecisionRow, ProblemRow, SourceNameRow, SourceRoleRow, SourceRow
from claims.sources.import_authority import AuthorityImport, import_entry, make_import
from tests.makers import RUN, store

CSV = """\
name,id,kind,aliases,wikidata,country,role,organisation,from,until
Ada Quill,7,person,A. Quill; Адa Квилл,Q7,RU,foreign minister,Ruritania,2017-07-01,2019
Ada Quill,7,,,,,spokeswoman,Harbour Board,2012,
Harbour Board,8,organisation,,,,,,,
"""
FTM = """\
{"id":"b","schema":"PublicBody","properties":{"name":["Harbour Board"]}}
{"id":"p","schema":"Person","properties":\
{"name":["Ada Quill"],"alias":["A. Quill"],"wikidataId":["Q7"]}}
{"id":"q","schema":"Position","properties":{"name":["spokeswoman"],"organization":["b"]}}
{"id":"o","schema":"Occupancy","properties":{"holder":["p"],"post":["q"],"startDate":["2012"]}}
{"id":"x","schema":"Vessel","properties":{"name":["Marie"]}}
"""
JSONL = """\
{"id":"7","name":"Ada Quill","roles":\
[{"title":"spokeswoman","organisation":"Harbour Board","from":"2012-05"}]}
"""


def entries(path: Path, text: str) -> list[AuthorityEntry | Problem]:
    path.write_text(text, "utf-8")
    return read_authority(str(path))


def import_all(
    database: Database, records: list[AuthorityEntry | Problem], *, rehearse: bool = False
) -> Counter[str]:
    def prepare(session: OpenSession) -> AuthorityImport:
        reviewer = sign_in(session, "R. Egister", uuid.uuid4())
        named = [one for one in records if isinstance(one, AuthorityEntry)]
        return make_import("people", named, lambda: Signature(uuid.uuid4(), reviewer, "0"))

    outcomes = import_authority(database, records, prepare, run=RUN, rehearse=rehearse)
    return Counter(str(outcome or "problem") for _, outcome in outcomes)


def rows_of(database: Database) -> tuple[int | None, ...]:
    with database.reader() as session:
        return tuple(
            session.scalar(select(func.count()).select_from(table))
            for table in (SourceRow, SourceNameRow, SourceRoleRow, DecisionRow)
        )


def test_rows_of_one_id_are_one_source_with_several_offices(tmp_path: Path) -> None:
    ada, board = entries(tmp_path / "people.csv", CSV)
    assert isinstance(ada, AuthorityEntry)
    assert ada.aliases == ("A. Quill", "Адa Квилл")
    assert ada.offices == (
        AuthorityOffice("foreign minister", "Ruritania", date(2017, 7, 1), date(2019, 12, 31)),
        AuthorityOffice("spokeswoman", "Harbour Board", date(2012, 1, 1), None),
    )
    assert isinstance(board, AuthorityEntry)
    assert board.kind is SourceKind.ORGANISATION


def test_followthemoney_joins_holders_to_their_posts(tmp_path: Path) -> None:
    board, ada = entries(tmp_path / "people.json", FTM)
    assert isinstance(board, AuthorityEntry)
    assert isinstance(ada, AuthorityEntry)
    assert (ada.key, ada.aliases, ada.fields) == ("p", ("A. Quill",), (("wikidata", "Q7"),))
    [office] = ada.offices
    assert office == AuthorityOffice("spokeswoman", "b", date(2012, 1, 1))


def test_followthemoney_values_may_be_text_in_place_of_a_list(tmp_path: Path) -> None:
    properties = '{"name":"Ada Quill","alias":"A. Quill"}'
    line = f'{{"id":"p","schema":"Person","properties":{properties}}}'
    [ada] = entries(tmp_path / "people.json", line)
    assert isinstance(ada, AuthorityEntry)
    assert (ada.name, ada.aliases) == ("Ada Quill", ("A. Quill",))


def test_json_lines_say_the_same(tmp_path: Path) -> None:
    [ada] = entries(tmp_path / "people.jsonl", JSONL)
    assert isinstance(ada, AuthorityEntry)
    assert ada.offices == (AuthorityOffice("spokeswoman", "Harbour Board", date(2012, 5, 1)),)


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.csv", "name,wikidata\nAda Quill,Q7\nBo Reed,7\n", (3, "wikidata")),
        ("a.csv", "name,country\n,RU\n", (2, "name")),
        ("a.csv", "name,role,from\nAda Quill,mayor,2012-13\n", (2, "from")),
        ("a.csv", "name,role,from,until\nAda Quill,mayor,2013,2012\n", (2, "until")),
        ("a.csv", "name,kind\nAda Quill,robot\n", (2, "kind")),
        ("a.csv", "nam\nAda Quill\n", (1, "nam")),
        ("a.csv", "name,kind\nAda Quill\n", (2, None)),
        ("a.jsonl", '{"name":"Ada"}\n{"name":', (2, None)),
        ("a.jsonl", '{"name":"Ada","age":7}', (1, "age")),
        ("a.jsonl", "[1]", (1, None)),
        ("a.json", '{"id":"o","schema":"Occupancy","properties":{"holder":["p"]}}', (1, "holder")),
        ("a.json", '{"id":"","schema":"Person","properties":{"name":["A"]}}', (1, "id")),
        ("a.csv", "", (None, None)),
    ],
)
def test_a_bad_row_is_reported_with_line_and_field(
    tmp_path: Path, name: str, text: str, place: tuple[int | None, str | None]
) -> None:
    problems = [one for one in entries(tmp_path / name, text) if isinstance(one, Problem)]
    assert [(one.line, one.field) for one in problems] == [place]


def test_importing_again_adds_nothing(database: Database, tmp_path: Path) -> None:
    records = entries(tmp_path / "people.csv", CSV)
    assert import_all(database, records) == {"added": 2}
    once = rows_of(database)
    assert import_all(database, records) == {"same": 2}
    assert rows_of(database) == once
    with database.reader() as session:
        assert verify(load_rows(session), load_head(session)[1]).problem is None


def test_a_rehearsal_changes_nothing(database: Database, tmp_path: Path) -> None:
    before = rows_of(database)
    assert import_all(database, entries(tmp_path / "p.csv", CSV), rehearse=True) == {"added": 2}
    assert rows_of(database) == before


def test_a_later_import_fills_gaps_and_overwrites_nothing(
    database: Database, tmp_path: Path
) -> None:
    import_all(database, entries(tmp_path / "a.csv", "id,name,country\n7,Ada Quill,RU\n"))
    later = "id,name,country,wikidata,aliases\n7,Ada Quill,IR,Q7,A. Quill\n"
    assert import_all(database, entries(tmp_path / "b.csv", later)) == {"changed": 1}
    with database.reader() as session:
        ada = session.scalars(select(SourceRow)).one()
        assert (ada.country, ada.wikidata, ada.revision) == ("RU", "Q7", 2)


def test_a_source_that_an_article_named_is_the_entrys(database: Database, tmp_path: Path) -> None:
    store(database)
    assert import_all(database, entries(tmp_path / "a.csv", "id,name\n7,Ada Quill\n")) == {
        "changed": 1
    }
    common = "id,name\n8,John Smith\n9,John Smith\n"
    assert import_all(database, entries(tmp_path / "b.csv", common)) == {"added": 2}


def test_a_wikidata_item_of_another_is_a_problem_and_stops_nobody(
    database: Database, tmp_path: Path
) -> None:
    first = "id,name,wikidata\n1,Ada Quill,Q7\n2,Bo Reed,\n"
    import_all(database, entries(tmp_path / "a.csv", first))
    second = "id,name,wikidata\n2,Bo Reed,Q7\n3,Cy Dunn,Q9\n"
    assert import_all(database, entries(tmp_path / "b.csv", second)) == {"problem": 1, "added": 1}


REED = {"id": "p", "schema": "Person", "properties": {"name": ["Ivo Reed"]}}
WORKS = {"id": "c1", "schema": "Company", "properties": {"name": ["Harbour Works AG"]}}
POST = {"id": "q", "schema": "Position",
        "properties": {"name": ["director"], "organization": ["c1"]}}  # fmt: skip
HELD = {"id": "o", "schema": "Occupancy", "properties": {"holder": ["p"], "post": ["q"]}}

BY_NAME = "p,Ivo Reed,,director,Harbour  works AG\nc1,Harbour Works AG,organisation,,\n"
BY_ID = "c1;Harbour Works AG;organisation;;\np;Ivo Reed;;director;c1\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "\n".join(map(json.dumps, (WORKS, REED, POST, HELD)))),
        ("b.json", "\n".join(map(json.dumps, (REED, POST, HELD, WORKS)))),
        ("c.csv", "id,name,kind,role,organisation\n" + BY_NAME),
        ("d.csv", "id;name;kind;role;organisation\n" + BY_ID),
    ],
)  # fmt: skip
def test_an_organisation_of_the_file_is_one_source(
    database: Database, tmp_path: Path, name: str, text: str
) -> None:
    records = entries(tmp_path / name, text)
    import_all(database, records)
    once = rows_of(database)
    assert once[0] == 2
    assert import_all(database, records) == {"same": 2}
    assert rows_of(database) == once
    with database.reader() as session:
        [works] = session.scalars(select(SourceRow.id).where(SourceRow.kind == "organisation"))
        assert session.scalars(select(SourceRoleRow.organisation)).all() == [works]


def test_a_source_that_an_article_named_is_the_body_of_an_office(
    database: Database, tmp_path: Path
) -> None:
    store(database)
    text = "name,kind,role,organisation\nBo Reed,,editor,Harbour Agency\nHarbour Agency,outlet,,\n"
    import_all(database, entries(tmp_path / "a.csv", text))
    with database.reader() as session:
        agencies = select(SourceRow.id).where(SourceRow.name == "Harbour Agency")
        [agency] = session.scalars(agencies)
        assert session.scalars(select(SourceRoleRow.organisation)).all() == [agency]


def test_a_bad_office_costs_the_office(tmp_path: Path) -> None:
    post = POST | {"properties": {"name": [7]}}
    text = "\n".join(map(json.dumps, (WORKS, REED, post, HELD)))
    _, reed, problem = entries(tmp_path / "a.json", text)
    assert isinstance(reed, AuthorityEntry)
    assert isinstance(problem, Problem)
    assert (reed.offices, problem.line, problem.field) == ((), 4, "name")


def test_an_office_until_the_last_year_there_is_has_no_end(tmp_path: Path) -> None:
    [ada, late, bo] = entries(
        tmp_path / "a.csv",
        "id,name,role,from,until\n1,Ada,mayor,2012,9999-12-31\n2,Bo,mayor,9999,\n",
    )
    assert isinstance(ada, AuthorityEntry)
    assert ada.offices == (AuthorityOffice("mayor", None, date(2012, 1, 1), None),)
    # The office costs itself.
    assert isinstance(late, Problem)
    assert isinstance(bo, AuthorityEntry)
    assert bo.offices == ()


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadablePathError):
        read_authority(str(tmp_path / "pipe"))


def test_an_entry_that_the_database_refuses_costs_no_other(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(session: OpenSession, entry: AuthorityEntry, context: AuthorityImport) -> object:
        if entry.name == "Bo Reed":
            raise StatementFailedError("here", "it is too much")
        return import_entry(session, entry, context)

    monkeypatch.setattr("claims.ingest.authority.import_entry", refuse)
    records = entries(tmp_path / "a.csv", "name\nAda Quill\nBo Reed\nCy Dunn\nx,y\n")
    assert import_all(database, records) == {"added": 2, "problem": 2}
    with database.reader() as session:
        assert session.scalars(select(ProblemRow.line).order_by(ProblemRow.line)).all() == [3, 5]
