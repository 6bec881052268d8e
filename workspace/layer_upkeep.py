"""The map layers of a project file follow the plan in the background (Kartenebenen nachführen).

The journal is the truth and is written before an edit is acknowledged; the layers are its picture for QGIS. Drawing
them is the longest work of all on the file, so no edit and no page waits for it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from regionalization.population_target import PopulationTarget
from workspace.desk import Desk
from workspace.project import Project
from workspace.store import StoreError

Later = Callable[[Callable[[], None]], None]
PAUSE_S = 3.0


def in_a_moment(work: Callable[[], None]) -> None:
    """Do the work in a thread of its own after a short pause, so that a burst of edits is drawn once."""
    timer = threading.Timer(PAUSE_S, work)
    timer.daemon = True
    timer.start()


class LayerUpkeep:
    """Keeps the layers of one open project at the plan that was shown last.

    Parameters
    ----------
    project : whose layers are written
    later : does work after a pause, not in the calling thread
    """

    def __init__(self, project: Project, *, later: Later = in_a_moment) -> None:
        self._project = project
        self._later = later
        self._followed: tuple[Desk, PopulationTarget] | None = None
        self._shown: tuple[str, int, PopulationTarget] | None = None
        self._waiting = False
        self._problem: StoreError | None = None
        self._writing = threading.Lock()
        self._turn = threading.Lock()

    def follow(self, desk: Desk, target: PopulationTarget) -> None:
        """Show this plan in the layers from now on; returns at once.

        Errors
        ------
        StoreError : the last attempt to write the layers failed; another one is under way
        """
        with self._turn:
            self._followed = (desk, target)
            problem, self._problem = self._problem, None
        self.moved_on(desk.plan_id)
        if problem is not None:
            raise problem

    def moved_on(self, plan_id: str) -> None:
        """A plan was edited; the layers follow soon where they show this plan. Returns at once."""
        with self._turn:
            mine = self._followed is not None and self._followed[0].plan_id == plan_id
            if not mine or self._waiting or self._state() == self._shown:
                return
            self._waiting = True
        self._later(self._in_background)

    def catch_up(self) -> None:
        """Bring the layers up to date now: before the file is closed or handed out.

        Errors
        ------
        StoreError : the file cannot be written
        """
        with self._writing:
            with self._turn:
                followed, state = self._followed, self._state()
            if followed is None or state is None or state == self._shown:
                return
            desk, target = followed
            draft = desk.draft
            # After opening, nobody knows what happened to the layers outside: they are drawn anew once.
            self._project.show_plan(draft.plan, target, everything=self._shown is None)
            self._shown = (desk.plan_id, draft.revision, target)

    def _state(self) -> tuple[str, int, PopulationTarget] | None:
        if self._followed is None:
            return None
        desk, target = self._followed
        return desk.plan_id, desk.draft.revision, target

    def _in_background(self) -> None:
        with self._turn:
            self._waiting = False
        try:
            self.catch_up()
        except StoreError as error:
            self._problem = error
