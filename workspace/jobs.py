"""Long work in a process of its own: it reports progress, can be cancelled, and never blocks a screen."""

from __future__ import annotations

import itertools
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any

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

    @property
    def cancelled(self) -> bool:
        """Was it asked to stop?"""
        return self._cancelled

    def cancel(self) -> None:
        """Ask it to stop; the best plan so far is the result. A job that still waits stops as soon as it begins."""
        self._cancelled = True
        stop = self._stop
        if stop is not None:
            stop()

    def wait(self, timeout_s: float | None = None) -> Any:
        """Wait for the result; what went wrong in the worker is raised here."""
        self._done.wait(timeout_s)
        if self.error is not None:
            raise self.error
        return self.result


class Worker:
    """A warm process that runs one task after the other, the same way on every system.

    The process is started by its own module name, so that neither the screen's script nor any other entry point is run
    a second time. The task is a function of a module, called as ``task(*arguments, watch=watch)``, where
    ``watch(progress)`` returns True once the user cancelled.

    Parameters
    ----------
    warm_up : function of a module that the process calls before its first task
    """

    def __init__(self, warm_up: Callable[[], Any] | None = None) -> None:
        self._warm_up = warm_up
        self._numbers = itertools.count(1)
        self._turn = threading.Lock()
        self._start()

    def submit(self, task: Task, *arguments: Any) -> Job:
        """Hand over work; returns at once."""
        job = Job(next(self._numbers))
        threading.Thread(target=self._run, args=(job, task, arguments), daemon=True).start()
        return job

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                stream.close()  # type: ignore[union-attr]

    def _start(self) -> None:
        paths = os.pathsep.join(path or os.getcwd() for path in sys.path)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "workspace.worker_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": paths},
        )
        self._send("warm_up", self._warm_up)

    def _run(self, job: Job, task: Task, arguments: tuple[Any, ...]) -> None:
        with self._turn:
            try:
                if self._process.poll() is not None:
                    self.close()
                    self._start()
                self._send("task", (task, arguments))
                job._stop = lambda: self._send("stop", None)
                if job._cancelled:
                    job._stop()
                self._listen(job)
            except (EOFError, OSError, pickle.UnpicklingError):
                job.error = InputError(Finding("job.worker_died"))
            finally:
                job._stop = None
                job._done.set()

    def _send(self, kind: str, value: Any) -> None:
        assert self._process.stdin is not None
        send_message(self._process.stdin, (kind, value))

    def _listen(self, job: Job) -> None:
        assert self._process.stdout is not None
        while True:
            kind, value = receive_message(self._process.stdout)
            if kind == "progress":
                job.progress = value
                continue
            job.result, job.error = (value, None) if kind == "result" else (None, value)
            return


def send_message(stream: IO[bytes], message: Any) -> None:
    """Send one message as a whole."""
    stream.write(pickle.dumps(message))
    stream.flush()


def receive_message(stream: IO[bytes]) -> Any:
    """Wait for one message; an EOFError says that the other side is gone."""
    return pickle.load(stream)
