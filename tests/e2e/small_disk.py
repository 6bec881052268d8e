"""A disk that really fills up and can really be write-protected: a small one in memory, where mounting is allowed.

Elsewhere the kernel's limit on the size of a file stands in for the full disk, and the protected one is skipped.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.e2e.driving import Server

_SIZE_MB = 24


class SmallDisk:
    """The folder that is the disk; ``mounted`` says whether it is one of its own."""

    def __init__(self, folder: Path, *, mounted: bool) -> None:
        self._folder = folder
        self._mounted = mounted

    @contextmanager
    def full(self, server: Server) -> Iterator[None]:
        """No byte more can be written."""
        if not self._mounted:
            with _size_limit(server):
                yield
            return
        filler = self._folder / "filler"
        with filler.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                with suppress(OSError):
                    while file.write(bytes(size)) == size:
                        pass
        yield
        filler.unlink()

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """Nothing can be written; no program may hold a file of it open."""
        if not self._mounted:
            pytest.skip("ein Datenträger lässt sich hier nicht einhängen und schützen")
        _run("mount", "-o", "remount,ro", str(self._folder))
        yield
        _run("mount", "-o", "remount,rw", str(self._folder))


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """Make the folder a disk of its own, and let go of it afterwards."""
    folder.mkdir(parents=True)
    mounted = _run("mount", "-t", "tmpfs", "-o", f"size={_SIZE_MB}m", "tmpfs", str(folder))
    try:
        yield SmallDisk(folder, mounted=mounted)
    finally:
        if mounted:
            _run("umount", "--lazy", str(folder))


@contextmanager
def _size_limit(server: Server) -> Iterator[None]:
    resource = pytest.importorskip("resource")
    before = resource.prlimit(server.process_id, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process_id, resource.RLIMIT_FSIZE, (4096, before[1]))
    yield
    resource.prlimit(server.process_id, resource.RLIMIT_FSIZE, before)


def _run(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False
