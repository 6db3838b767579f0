"""Agreement against published worked examples, against NLTK, and from the ledger."""

import random
import uuid
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.ledger.append import append
from claims.model.decision import Decision
from claims.model.json import Json
from claims.review.agreement import load_readings
from claims.review.coefficients import (
    Readings,
    cohen_kappa,
    compare_readings,
    jaccard,
    krippendorff_alpha,
    mean_overlap,
)
from claims.schema import AttributionRow, ClaimRow
from tests.in_process import run
from tests.makers import add_reviewer, store

Pairs = Counter[tuple[str, str]]


def table(*rows: tuple[int, ...]) -> Pairs:
    """Pairs from a table of counts: rows are the first judge's categories."""
    return Counter({(f"{a}", f"{b}"): n for a, row in enumerate(rows) for b, n in enumerate(row)})


def test_cohen_1960() -> None:
    # Two judges, 200 patients, three diagnoses: po = 0.70, pe = 0.41.
    figure = cohen_kappa(table((88, 10, 2), (14, 40, 6), (18, 10, 12)))
    assert figure.value == pytest.approx((0.70 - 0.41) / (1 - 0.41), abs=1e-12)


def test_fleiss_cohen_everitt_1969() -> None:
    # Their example: 200 cases, kappa 0.429 with a standard error of 0.054.
    figure = cohen_kappa(table((106, 10, 4), (22, 28, 10), (2, 12, 6)))
    assert figure.value == pytest.approx(0.429, abs=5e-4)
    assert figure.low is not None
    assert figure.high is not None
    assert (figure.high - figure.low) / (2 * 1.96) == pytest.approx(0.054, abs=5e-4)


OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
"""Krippendorff's standard example: four observers, twelve units, some not seen by all."""


def units_of(observers: list[list[int | None]]) -> Counter[tuple[str, ...]]:
    columns = zip(*observers, strict=True)
    units = (tuple(str(value) for value in column if value is not None) for column in columns)
    return Counter(unit for unit in units if len(unit) > 1)


def test_krippendorff_2011_four_observers_with_gaps() -> None:
    assert krippendorff_alpha(units_of(OBSERVERS)).value == pytest.approx(0.743, abs=5e-4)


def test_krippendorff_2011_two_observers() -> None:
    binary = [("0", "1"), ("1", "1"), ("0", "1"), ("0", "0"), ("0", "0"), ("0", "1"), ("0", "0"),
              ("0", "0"), ("1", "0"), ("0", "0")]  # fmt: skip
    assert krippendorff_alpha(Counter(binary)).value == pytest.approx(0.095, abs=5e-4)
    nominal = zip("aabbdcccedda", "babbbccceddd", strict=True)
    assert krippendorff_alpha(Counter(nominal)).value == pytest.approx(0.692, abs=5e-4)


VALUES = st.sampled_from("abcd")


@given(st.lists(st.tuples(VALUES, VALUES), min_size=2, max_size=60))
def test_both_are_those_of_nltk(pairs: list[tuple[str, str]]) -> None:
    kappa, alpha = cohen_kappa(Counter(pairs)).value, krippendorff_alpha(Counter(pairs)).value
    if kappa is None or alpha is None:
        assert len({value for pair in pairs for value in pair}) == 1
        return
    task = AnnotationTask(
        data=[(judge, n, pair["AB".index(judge)]) for n, pair in enumerate(pairs) for judge in "AB"]
    )
    assert kappa == pytest.approx(task.kappa(), abs=1e-9)
    assert alpha == pytest.approx(task.alpha(), abs=1e-9)


def drawn(amount: int, seed: int) -> list[tuple[str, str]]:
    draw = random.Random(seed)
    first = draw.choices("abc", weights=(5, 3, 2), k=amount)
    return [(one, one if draw.random() < 0.8 else draw.choice("abc")) for one in first]


@pytest.mark.parametrize("measure", [cohen_kappa, krippendorff_alpha])
def test_intervals_are_those_of_the_bootstrap(measure: Callable[[Pairs], object]) -> None:
    pairs = drawn(400, seed=1)
    figure: object = measure(Counter(pairs))
    draw = random.Random(2)
    again = sorted(
        measure(Counter(draw.choices(pairs, k=len(pairs)))).value  # type: ignore[attr-defined]
        for _ in range(1_000)
    )
    assert figure.low == pytest.approx(again[25], abs=0.01)  # type: ignore[attr-defined]
    assert figure.high == pytest.approx(again[974], abs=0.01)  # type: ignore[attr-defined]


def test_where_all_is_alike_nothing_beyond_chance_can_be_said() -> None:
    alike = Counter({("a", "a"): 9})
    assert cohen_kappa(alike).value is None
    assert krippendorff_alpha(alike).value is None
    assert cohen_kappa(Counter()).value is None
    assert krippendorff_alpha(Counter()).value is None
    assert mean_overlap(Counter()).value is None


def test_overlap_of_words() -> None:
    assert jaccard([[0, 10]], [[0, 10]]) == 1
    assert jaccard([[0, 10]], [[5, 10], [20, 25]]) == pytest.approx(5 / 15)
    assert jaccard([[0, 10]], [[10, 20]]) == 0
    figure = mean_overlap(Counter({("=", "="): 3, ("[[0, 10]]", "[[0, 5]]"): 1}))
    assert figure.value == pytest.approx((3 + 0.5) / 4)


def test_incomplete_pairs_are_counted_and_forms_kept_apart() -> None:
    readings = [
        Readings("speaker", "quote", ("a", "a"), 5),
        Readings("speaker", "quote", ("a", None), 2),
        Readings("speaker", "mixed", ("a", "b"), 1),
        Readings("speaker", "mixed", (None, None), 1),
        Readings("speaker", "mixed", ("a",), 1),
    ]
    everything, mixed, quote = compare_readings(readings, by_form=True)
    assert (everything.pairs, everything.incomplete, everything.same) == (6, 4, 5 / 6)
    assert (mixed.form, mixed.pairs, mixed.incomplete, mixed.same) == ("mixed", 1, 2, 0)
    assert (quote.form, quote.pairs, quote.incomplete) == ("quote", 5, 2)


def save(
    session: Session,
    claim: uuid.UUID,
    reviewer: uuid.UUID,
    *readings: tuple[str, dict[str, Json]],
) -> None:
    """A decision in which so many readings ended."""
    row = session.get_one(ClaimRow, claim)
    before = {"status": row.status}
    row.status, row.revision = "disputed", row.revision + 1
    session.flush()
    said: list[Json] = [
        {"id": str(uuid.uuid4()), "reviewer": str(reviewer), "action": action, "after": after,
         "at": "2026-05-01T12:00:00Z"}
        for action, after in readings
    ]  # fmt: skip
    after: dict[str, Json] = {"status": "disputed", "readings": said}
    append(
        session,
        Decision(
            uuid.uuid4(), reviewer, "dispute", "claim", claim, row.revision, before, after, "0"
        ),
    )


@pytest.fixture
def claims_read(database: Database) -> list[uuid.UUID]:
    """Four claims that two people read."""
    ids = [store(database, external_id=str(n))[0] for n in range(4)]
    with database.writer() as session:
        reviewer = add_reviewer(session)
        other = str(
            session.query(AttributionRow.source).filter_by(claim=ids[0], position=2).scalar()
        )
        hop: dict[str, Json] = {
            "source": other,
            "mention": [[0, 5]],
            "cue": [],
            "capacity": [],
            "mode": "says",
        }
        accepted: dict[str, Json] = {"status": "accepted"}
        save(session, ids[0], reviewer, ("accept", accepted), ("accept", accepted))
        save(session, ids[1], reviewer, ("accept", accepted), ("accept", {"form": "mixed"}))
        save(
            session,
            ids[2],
            reviewer,
            ("accept", {"content": [[22, 30]]}),
            ("accept", {"chain": [hop]}),
        )
        save(session, ids[3], reviewer, ("accept", accepted), ("reject", {"status": "rejected"}))
    return ids


def test_readings_come_from_the_ledger_with_what_they_left_as_it_was(
    database: Database, claims_read: list[uuid.UUID]
) -> None:
    del claims_read
    with database.reader() as session:
        readings = load_readings(session)
    said = {(some.field, some.values): some.count for some in readings}
    assert {some.form for some in readings} == {"quote"}
    assert said["decision", ("accept", "accept")] == 3
    assert said["decision", ("accept", "reject")] == 1
    assert said["form", ("quote", "quote")] == 2
    assert said["form", ("quote", "mixed")] == 1
    assert said["form", ("quote", None)] == 1
    assert said["content", ("=", "=")] == 2
    found = {one.field: one for one in compare_readings(readings)}
    assert (found["speaker"].pairs, found["speaker"].incomplete) == (3, 1)
    assert found["speaker"].same == pytest.approx(2 / 3)
    assert found["chain"].same == pytest.approx(2 / 3)
    assert found["content"].overlap.value is not None
    assert 0.6 < found["content"].overlap.value < 1


def test_a_field_that_was_changed_later_counts_as_it_was_when_it_was_read(
    database: Database, claims_read: list[uuid.UUID]
) -> None:
    with database.writer() as session:
        row = session.get_one(ClaimRow, claims_read[0])
        row.form, row.revision = "paraphrase", row.revision + 1
        session.flush()
        made = Decision(
            uuid.uuid4(), add_reviewer(session, "Zoe"), "correct", "claim", row.id, row.revision,
            {"form": "quote"}, {"form": "paraphrase"}, "0",
        )  # fmt: skip
        append(session, made)
    with database.reader() as session:
        assert {some.form for some in load_readings(session)} == {"quote"}


def test_the_command_prints_a_line_a_field(
    database: Database,
    claims_read: list[uuid.UUID],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    del claims_read
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
    lines = [line.split("\t") for line in run("review", "agreement").out.splitlines()]
    assert [line[0] for line in lines] == ["decision", "speaker", "form", "content", "chain"]
    assert lines[0][1:5] == ["all", "4", "0", "75.0%"]
    assert '"form": "quote"' in run("review", "agreement", "--by-form", "--format", "json").out
