"""Progress of a search and the wish to stop it."""

from __future__ import annotations

import threading
from collections.abc import Callable

Watch = Callable[[float], bool]  # receives the share done, 0–1; True asks to stop


class Progress:
    """Collects the progress of parts that may run side by side, and asks the watcher whether to go on.

    >>> progress = Progress(lambda done: done > 0.4)
    >>> progress.of_part(0, 0.5)(1.0), progress.stopped
    (False, True)
    """

    def __init__(self, watch: Watch | None) -> None:
        self.stopped = False
        self._watch = watch
        self._done: dict[int, float] = {}
        self._lock = threading.Lock()

    def of_part(self, number: int, share: float) -> Callable[[float], bool]:
        """The reporter of one part that is ``share`` (0–1) of the work; it answers whether to go on."""

        def keep_going(done: float) -> bool:
            with self._lock:
                self._done[number] = share * done
                if self._watch is not None and not self.stopped:
                    self.stopped = bool(self._watch(min(sum(self._done.values()), 1.0)))
                return not self.stopped

        return keep_going
