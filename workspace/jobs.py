"""Long work in a process of its own: it reports progress, can be cancelled, and never blocks a screen."""

from __future__ import annotations

import itertools
import multiprocessing
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from spatial.errors import Finding, InputError

Task = Callable[..., Any]


@dataclass
class Job:
    """One piece of long work: how far it is, and what came of it."""

    number: int
    progress: float = 0.0
    result: Any = None
    error: BaseException | None = None
    _cancelled: bool = False
    _done: threading.Event = field(default_factory=threading.Event)
    _stop: Any = None

    @property
    def done(self) -> bool:
        """Has it ended, well or not?"""
        return self._done.is_set()

    def cancel(self) -> None:
        """Ask it to stop; the best plan so far is the result. A job that still waits stops as soon as it begins."""
        self._cancelled = True
        if self._stop is not None:
            self._stop.set()

    def wait(self, timeout_s: float | None = None) -> Any:
        """Wait for the result; what went wrong in the worker is raised here."""
        self._done.wait(timeout_s)
        if self.error is not None:
            raise self.error
        return self.result


class Worker:
    """A warm process that runs one task after the other (spawned, so it is the same on every system).

    The task is a function of a module, called as ``task(*arguments, watch=watch)``, where ``watch(progress)`` returns
    True once the user cancelled.
    """

    def __init__(self, warm_up: Callable[[], Any] | None = None) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._warm_up = warm_up
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._start()

    def submit(self, task: Task, *arguments: Any) -> Job:
        """Hand over work; returns at once."""
        job = Job(next(self._numbers))
        threading.Thread(target=self._run, args=(job, task, arguments), daemon=True).start()
        return job

    def close(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.join()

    def _start(self) -> None:
        self._stop = self._context.Event()
        self._connection, there = self._context.Pipe()
        arguments = (there, self._stop, self._warm_up)
        self._process = self._context.Process(target=_serve, args=arguments, daemon=True, name="raumwerk-worker")
        self._process.start()
        there.close()

    def _run(self, job: Job, task: Task, arguments: tuple[Any, ...]) -> None:
        with self._lock:
            if not self._process.is_alive():
                self._start()
            self._stop.clear()
            job._stop = self._stop
            if job._cancelled:
                self._stop.set()
            try:
                self._connection.send((task, arguments))
                self._listen(job)
            except (EOFError, OSError):
                job.error = InputError(Finding("job.worker_died"))
            finally:
                job._stop = None
                job._done.set()

    def _listen(self, job: Job) -> None:
        while True:
            kind, value = self._connection.recv()
            if kind == "progress":
                job.progress = value
                continue
            job.result, job.error = (value, None) if kind == "result" else (None, value)
            return


def _serve(connection: Connection, stop: Any, warm_up: Callable[[], Any] | None) -> None:
    if warm_up is not None:
        warm_up()

    def watch(progress: float) -> bool:
        connection.send(("progress", float(progress)))
        return bool(stop.is_set())

    while True:
        try:
            task, arguments = connection.recv()
        except EOFError:
            return
        try:
            connection.send(("result", task(*arguments, watch=watch)))
        except Exception as error:  # noqa: BLE001 - whatever went wrong belongs to the one who asked
            connection.send(("error", error))
