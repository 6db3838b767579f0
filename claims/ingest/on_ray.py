"""Extraction on a Ray cluster: a task a batch, done again where a process or a machine is lost."""

import logging
import os
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cache

import ray
from ray.exceptions import (
    NodeDiedError,
    OutOfMemoryError,
    RayError,
    RayTaskError,
    WorkerCrashedError,
)

from claims.extraction.version import VERSION
from claims.ingest.errors import RayLostError
from claims.ingest.extraction import Extracted, LoadExtractor, Text, extract_texts
from claims.ingest.workers import AHEAD, ATTEMPTS, KILLED

LOST = (WorkerCrashedError, NodeDiedError, OutOfMemoryError)
"""What Ray says of a task whose process or machine is gone."""

LEAST_STORE = 80 << 20
"""Bytes of shared memory for a cluster of this machine alone: about the least that Ray takes.
Batches are small; Ray would reserve a third of the memory."""


STARTS = 3
"""Times that a cluster of this machine is started: on one with much else to do, Ray gives up after
half a minute."""

PATIENCE = 10.0
"""Seconds in which a cluster must answer: Ray itself would ask for ten minutes."""


def _start(address: str | None) -> None:
    host, _, port = (address or "").rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), PATIENCE).close()
    # News is not told of: Ray would report to its makers which cluster runs what.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if address:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
        return
    for attempt in range(STARTS):
        try:
            _start_alone()
        except Exception:
            ray.shutdown()
            if attempt == STARTS - 1:
                raise
        else:
            return


def _start_alone() -> None:
    # The dashboard lets anybody who reaches it run commands (CVE-2023-48022).
    ray.init(
        address="local",
        include_dashboard=False,
        object_store_memory=LEAST_STORE,
        log_to_driver=False,
        logging_level=logging.ERROR,
    )


_loaded = cache(lambda load: load())
"""The extractor of a process, which takes several tasks."""


def _extract(load: LoadExtractor, texts: Sequence[Text], version: str) -> list[Extracted]:
    """Extract texts in a process of the cluster."""
    if version != VERSION:
        raise RuntimeError(f"a machine has the rules {VERSION}, this one has {version}")
    return extract_texts(_loaded(load), texts)


class OnRay:
    """Extraction on a Ray cluster.

    Args:
        load: Loads the extractor; a function of a module that all machines have.
        address: Of the cluster, as `ray start` prints it; None for one of this machine alone.

    Raises:
        RayLostError: The cluster cannot be reached.
    """

    def __init__(self, load: LoadExtractor, address: str | None = None) -> None:
        self._load = load
        self._address = address or "ray"
        try:
            _start(address)
        except Exception as error:  # Ray raises bare exceptions
            raise RayLostError(self._address, str(error)) from error
        self._task = ray.remote(_extract)
        resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        self.ahead = AHEAD * max(1, int(resources.get("CPU", 1)))

    def begin(self, texts: Sequence[Text]) -> Callable[[], Sequence[Extracted]]:
        """Hand texts to the cluster as one task."""
        if not texts:
            return list
        # A batch is tried once more, then each of its texts by itself.
        task = self._submit(texts, retries=1)
        return lambda: self._survive(task, texts)

    def _submit(self, texts: Sequence[Text], *, retries: int) -> "ray.ObjectRef[list[Extracted]]":
        task = self._task.options(max_retries=retries)
        reference: ray.ObjectRef[list[Extracted]] = task.remote(self._load, list(texts), VERSION)
        return reference

    def _survive(
        self, task: "ray.ObjectRef[list[Extracted]]", texts: Sequence[Text]
    ) -> list[Extracted]:
        """What texts give, although processes and machines may be lost."""
        try:
            with suppress(*LOST):
                return ray.get(task)
            each = [self._submit([one], retries=ATTEMPTS - 1) for one in texts]
            return [self._alone(one) for one in each]
        except (RayTaskError, RayError, OSError) as error:
            raise RayLostError(self._address, _reason(error)) from error

    def _alone(self, task: "ray.ObjectRef[list[Extracted]]") -> Extracted:
        with suppress(*LOST):
            [result] = ray.get(task)
            return result
        return KILLED

    def close(self) -> None:
        """Leave the cluster; one of this machine alone ends."""
        ray.shutdown()


def _reason(error: Exception) -> str:
    """What went wrong, without the traceback of the other machine."""
    cause = error.cause if isinstance(error, RayTaskError) else error
    return str(cause).strip().splitlines()[-1] if str(cause).strip() else type(cause).__name__
