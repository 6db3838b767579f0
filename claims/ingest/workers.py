"""Extraction in processes of their own, which may be killed at any moment.

Each process is watched by a thread that hands it one batch after the other. A batch whose process
dies is extracted again by a new one, text by text: what a text does to the process that reads it
costs no other text its claims.
"""

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import TYPE_CHECKING

from claims.ingest.errors import ExtractorLostError
from claims.ingest.extraction import Extracted, LoadExtractor, Text, extract_texts

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

AHEAD = 2
"""Batches a process that are begun while the oldest is waited for."""

ATTEMPTS = 3
"""Processes that one text may cost."""

STARTS = 20
"""Times in a row that a process is started which ends before it has loaded the extractor."""

KILLED = "the process that read it was killed, each time"

SPAWN = get_context("spawn")
"""A forked process would share the connections and locks of its parent."""


class _DiedError(Exception):
    """The process is gone."""


def _serve(connection: Connection, load: LoadExtractor) -> None:
    """Extract what comes until the other end is closed, or its process gone."""
    with suppress(EOFError, OSError):
        try:
            propose_many = load()
        except Exception as error:  # noqa: BLE001 - whatever keeps it from loading is told there
            connection.send(f"{type(error).__name__}: {error}")
            return
        connection.send("")
        while True:
            connection.send(extract_texts(propose_many, connection.recv()))


class _Worker:
    """One process that extracts; started when it is first needed, and again when it has died."""

    def __init__(self, load: LoadExtractor) -> None:
        self._load = load
        self._connection: Connection | None = None
        self.process: BaseProcess | None = None
        self.closed = False

    def extract(self, texts: Sequence[Text]) -> list[Extracted]:
        """Have texts extracted.

        Raises:
            _DiedError: The process was killed before it was finished.
            ExtractorLostError: No process can be started.
        """
        connection = self._connection or self._start()
        with self._watched():
            connection.send(texts)
            results: list[Extracted] = connection.recv()
        return results

    def _start(self) -> Connection:
        for _ in range(STARTS):
            with suppress(_DiedError):
                return self._start_once()
            if self.closed:
                raise _DiedError
        raise ExtractorLostError("extraction")

    def _start_once(self) -> Connection:
        ours, theirs = SPAWN.Pipe()
        process = SPAWN.Process(target=_serve, args=(theirs, self._load), daemon=True)
        # Python's own helper would be started with the first process, and unblock Ctrl-C before it.
        resource_tracker.ensure_running()
        with _without_interrupts():
            process.start()
        theirs.close()
        self.process, self._connection = process, ours
        with self._watched():
            if self.closed:
                raise EOFError
            wrong: str = ours.recv()
        if wrong:
            raise ExtractorLostError("extraction", wrong)
        return ours

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            yield
        except (EOFError, OSError) as error:
            self.end()
            raise _DiedError from error

    def end(self) -> None:
        """End the process, if there is one; for the thread that watches it."""
        if self._connection is not None:
            self._connection.close()
        if self.process is not None:
            self.process.kill()
            self.process.join()
        self._connection = self.process = None


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """What is started within never gets Ctrl-C: we say when it ends."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Begun:
    """Texts that are to be extracted, and where that is done."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self.texts = texts
        self.extracting: Future[list[Extracted]] | None = None


class Workers:
    """Extraction in several processes; a batch that nothing follows is extracted in this one.

    Args:
        count: How many.
        load: Loads the extractor in each of them; a function of a module.
        always: Whether a process is started even for a batch that nothing follows: a text that
            kills the process which reads it does not kill this one.
    """

    def __init__(self, count: int, load: LoadExtractor, *, always: bool = False) -> None:
        self.ahead = AHEAD * count
        self._always = always
        self._load = cache(load)
        self._first: _Begun | None = None
        self._workers = [_Worker(load) for _ in range(count)]
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(count, "extraction")

    def begin(self, texts: Sequence[Text]) -> Callable[[], Sequence[Extracted]]:
        """Hand texts to the next process that is free; the first wait for others."""
        if not texts:
            return list
        begun = _Begun(texts)
        if self._always:
            self._hand_over(begun)
        elif self._first is None:
            self._first = begun
        else:
            self._hand_over(self._first)
            self._hand_over(begun)
        return lambda: self._wait(begun)

    def _hand_over(self, begun: _Begun) -> None:
        if begun.extracting is None:
            begun.extracting = self._threads.submit(self._extract, begun.texts)

    def _wait(self, begun: _Begun) -> Sequence[Extracted]:
        if begun.extracting is None:  # nothing came after it: no process is started for it
            begun.extracting = Future()
            begun.extracting.set_result(extract_texts(self._load(), begun.texts))
        return begun.extracting.result()

    def _extract(self, texts: Sequence[Text]) -> list[Extracted]:
        worker = self._idle.get()
        try:
            return _survive(worker, texts)
        finally:
            self._idle.put(worker)

    def pids(self) -> list[int]:
        """The processes that run."""
        processes = [one.process for one in self._workers]
        return [one.pid for one in processes if one and one.pid]

    def close(self) -> None:
        """End the processes, whatever they do."""
        for worker in self._workers:
            worker.closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in [one.process for one in self._workers]:
            if process:
                process.kill()
        self._threads.shutdown()
        for worker in self._workers:
            worker.end()


def _survive(worker: _Worker, texts: Sequence[Text]) -> list[Extracted]:
    """What texts give, although their process may be killed."""
    for _ in range(ATTEMPTS if len(texts) == 1 else 1):
        with suppress(_DiedError):
            return worker.extract(texts)
        if worker.closed:
            raise _DiedError
    if len(texts) == 1:
        return [KILLED]
    return [result for one in texts for result in _survive(worker, [one])]
