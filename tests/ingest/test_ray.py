"""Extraction on Ray: the rows of one process, although processes and a machine are lost."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from claims.database.engine import Database
from claims.ingest.batches import ingest_batches
from claims.ingest.errors import RayLostError
from claims.ingest.extraction import Here
from claims.ingest.workers import KILLED
from claims.model.article import Article
from tests.ingest.stub_extractor import DIES, load, load_mortal, load_slow, propose
from tests.ingest.test_batches import clock, made, rows, told
from tests.makers import RUN, article

ray = pytest.importorskip("ray", reason="Ray is not installed: claims[ray]")

from claims.ingest.on_ray import OnRay  # noqa: E402 - needs Ray

pytestmark = [
    # What Ray's own threads leave behind when it ends.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

QUOTE = 'Ada Quill said "the bridge is safe".'


@contextmanager
def on_ray(address: str | None = None) -> Iterator[OnRay]:
    some = OnRay(load_mortal, address)
    try:
        yield some
    finally:
        some.close()


def test_ray_ends_in_the_same_rows_although_processes_are_killed(
    two_databases: tuple[Database, Database], tmp_path: Path
) -> None:
    one, other = two_databases
    records = [
        replace(record, text=f"{record.text} dies once {tmp_path}/{number}")
        if isinstance(record, Article) and number == 9
        else record
        for number, record in enumerate(made(25, random.Random(7)))
    ]
    here = told(ingest_batches(one, records, Here(load), run=RUN, clock=clock()))
    with on_ray() as some:
        there = told(ingest_batches(other, records, some, run=RUN, clock=clock()))
    assert len(list(tmp_path.iterdir())) == 1, "a process was killed"
    assert there == here
    assert rows(other) == rows(one)


def test_a_cluster_that_is_not_there_is_told_at_once() -> None:
    with pytest.raises(RayLostError, match=r"refused\).*`ray status`"), on_ray("127.0.0.1:1"):
        pass


@pytest.mark.long
def test_a_text_that_kills_its_process_each_time_costs_no_other() -> None:
    with on_ray() as some:
        results = some.begin([(QUOTE, None), (DIES, None), ("explode", None)])()
    assert results == [propose(QUOTE, None), KILLED, "ValueError: no root"]


@pytest.mark.long
def test_a_machine_that_is_lost_costs_nothing(two_databases: tuple[Database, Database]) -> None:
    from ray.cluster_utils import Cluster  # noqa: PLC0415 - needs Ray

    one, other = two_databases
    records = [
        article(f'Report {n}. Ada Quill said "it moved {n}".', place=f"f:{n}", external_id=str(n))
        for n in range(400)
    ]
    here = told(ingest_batches(one, records, Here(load), run=RUN, clock=clock()))
    cluster = Cluster(
        initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False}
    )
    lost = cluster.add_node(num_cpus=2)
    try:
        some = OnRay(load_slow, cluster.address)
        outcomes = ingest_batches(other, records, some, run=RUN, clock=clock())
        there = []
        for number, outcome in enumerate(outcomes):
            if number == 100:
                cluster.remove_node(lost, allow_graceful=False)
            there.append(outcome)
        some.close()
    finally:
        cluster.shutdown()  # type: ignore[no-untyped-call]
    assert told(there) == here
    assert rows(other) == rows(one)
