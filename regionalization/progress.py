"""Progress of a search, the wish to stop it, and the emergency stop of the clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Literal

Watch = Callable[[float], bool]  # receives the share done, 0–1; True asks to stop
Clock = Callable[[], float]  # seconds, from any beginning
Stop = Literal["", "cancel", "time_limit"]


class Progress:
    """Collects the progress of parts that may run side by side, and says whether to go on.

    Parameters
    ----------
    watch : told the share done, 0–1; returns True to stop
    limit_s : seconds after which the search ends by itself with its best plan; None = never
    clock : what the seconds are read from

    Attributes
    ----------
    stopped_by : ``"cancel"``, ``"time_limit"``, or empty while nothing has stopped the search

    >>> progress = Progress(lambda done: done > 0.4)
    >>> progress.of_part(0, 0.5)(1.0), progress.stopped_by
    (False, 'cancel')
    >>> ticks = iter([0.0, 5.0, 11.0])
    >>> progress = Progress(None, limit_s=10.0, clock=lambda: next(ticks))
    >>> progress.of_part(0, 1.0)(0.1), progress.of_part(0, 1.0)(0.2), progress.stopped_by
    (True, False, 'time_limit')
    """

    def __init__(self, watch: Watch | None, *, limit_s: float | None = None, clock: Clock = time.perf_counter) -> None:
        self.stopped_by: Stop = ""
        self._watch, self._clock = watch, clock
        self._end = None if limit_s is None else clock() + limit_s
        self._done: dict[int, float] = {}
        self._lock = threading.Lock()

    def of_part(self, number: int, share: float) -> Callable[[float], bool]:
        """The reporter of one part that is ``share`` (0–1) of the work; it answers whether to go on."""

        def keep_going(done: float) -> bool:
            with self._lock:
                self._done[number] = max(share * done, self._done.get(number, 0.0))
                if not self.stopped_by:
                    self._ask()
                return not self.stopped_by

        return keep_going

    def of_search(self, number: int, share: float) -> Progress:
        """The progress of one whole search among several; it stops when this one does, and for the same reason."""
        keep_going = self.of_part(number, share)
        return _Inner(lambda done: not keep_going(done), self)

    def _ask(self) -> None:
        if self._watch is not None and self._watch(min(sum(self._done.values()), 1.0)):
            self.stopped_by = "cancel"
        elif self._end is not None and self._clock() >= self._end:
            self.stopped_by = "time_limit"


class _Inner(Progress):
    def __init__(self, watch: Watch, outer: Progress) -> None:
        super().__init__(watch)
        self._outer = outer

    def _ask(self) -> None:
        super()._ask()
        if self.stopped_by:
            self.stopped_by = self._outer.stopped_by


def stretched(keep_going: Callable[[float], bool], start: float, stop: float) -> Callable[[float], bool]:
    """The same reporter for a step that runs from ``start`` to ``stop`` of the whole, both 0–1.

    >>> stretched(lambda done: done < 0.7, 0.5, 1.0)(0.5)
    False
    """
    return lambda done: keep_going(start + (stop - start) * done)
