"""The process in which long work is done: tasks come in on standard input, progress and results go out.

Started by ``workspace.jobs.Worker`` as ``python -m workspace.worker_process``; nobody else calls it.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from typing import IO, Any

from workspace.jobs import receive_message, send_message


def main() -> int:
    """Serve until the other side is gone."""
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the messages
    tasks: queue.Queue[Any] = queue.Queue()
    stop = threading.Event()
    threading.Thread(target=_read, args=(source, tasks, stop), daemon=True).start()
    while True:
        kind, value = tasks.get()
        if kind == "gone":
            return 0
        if kind == "warm_up":
            if value is not None:
                value()
        else:
            _work(value, sink, stop)


def _read(source: IO[bytes], tasks: queue.Queue[Any], stop: threading.Event) -> None:
    while True:
        try:
            kind, value = receive_message(source)
        except EOFError:
            tasks.put(("gone", None))
            return
        if kind == "stop":
            stop.set()
        else:
            stop.clear()
            tasks.put((kind, value))


def _work(order: Any, sink: IO[bytes], stop: threading.Event) -> None:
    task, arguments = order

    def watch(progress: float) -> bool:
        send_message(sink, ("progress", float(progress)))
        return stop.is_set()

    try:
        send_message(sink, ("result", task(*arguments, watch=watch)))
    except Exception as error:  # noqa: BLE001 - whatever went wrong belongs to the one who asked
        send_message(sink, ("error", error))


if __name__ == "__main__":
    sys.exit(main())
