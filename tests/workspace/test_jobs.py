"""Long work in a process of its own."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterator

import pytest

from spatial.errors import Finding, InputError
from workspace.jobs import Worker

Watch = Callable[[float], bool]


def count_up(steps: int, *, watch: Watch) -> list[float]:
    for step in range(steps):
        watch(step / steps)
    return [0.5]


def refuse(code: str, *, watch: Watch) -> None:
    raise InputError(Finding(code))


def chatter(*, watch: Watch) -> str:
    sys.stdout.write("eine Bibliothek plaudert\n")
    return "fertig"


def until_cancelled(*, watch: Watch) -> str:
    while not watch(0.25):
        pass
    return "bester Stand"


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    one = Worker()
    yield one
    one.close()


def test_a_job_brings_its_result(worker: Worker) -> None:
    job = worker.submit(count_up, 4)
    assert job.wait(60) == [0.5]
    assert job.progress == 0.75


def test_what_is_refused_in_the_worker_is_refused_here(worker: Worker) -> None:
    with pytest.raises(InputError) as refusal:
        worker.submit(refuse, "target.order").wait(60)
    assert refusal.value.findings[0].code == "target.order"


def test_a_cancelled_job_ends_with_its_best_state(worker: Worker) -> None:
    job = worker.submit(until_cancelled)
    while job.progress == 0:
        job._done.wait(0.01)
    job.cancel()
    assert job.wait(60) == "bester Stand"


def test_what_a_library_prints_does_not_get_between_the_messages(worker: Worker) -> None:
    assert worker.submit(chatter).wait(60) == "fertig"


def test_the_entry_point_of_the_caller_is_not_run_again(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = types.ModuleType("__main__")
    screen.__file__ = "/gibt/es/nicht/app.py"
    monkeypatch.setitem(sys.modules, "__main__", screen)
    fresh = Worker()
    assert fresh.submit(count_up, 2).wait(60) == [0.5]
    fresh.close()


def test_after_the_process_died_the_next_job_still_runs(worker: Worker) -> None:
    worker.close()
    assert worker.submit(count_up, 2).wait(60) == [0.5]


def test_cancelling_a_waiting_job_leaves_the_running_one_alone(worker: Worker) -> None:
    running = worker.submit(until_cancelled)
    while running.progress == 0:
        running._done.wait(0.01)
    waiting = worker.submit(until_cancelled)
    waiting.cancel()
    assert not running.done
    running.cancel()
    assert running.wait(60) == waiting.wait(60) == "bester Stand"
