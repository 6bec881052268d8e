"""From plain options (command line, form) to an open county with settings; every mistake is said at once."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import numpy as np

from geodata.read_blocks import ColumnChoice
from regionalization.constraints import Constraints
from regionalization.constraints_file import ConstraintsFile
from regionalization.population_target import PopulationTarget
from regionalization.proposal import Parameters
from spatial.errors import Finding, InputError
from workspace.county import County, open_county
from workspace.demand_file import demands_of_file
from workspace.outputs import refuse_unwritable_folder
from workspace.place_layer import place_source, with_places
from workspace.workspace import Settings, Workspace, problem_of

T = TypeVar("T")


@dataclass(frozen=True)
class Options:
    """What a user may say about a block file and the wanted regions.

    Attributes
    ----------
    choice : columns of the file; None inside means guess
    band : smallest and largest number of residents of a region
    target : aim, None = middle of the band
    count : exactly so many regions, None = as many as fit
    compactness : λ, None = default
    quartiere : residents of a Quartier, None = no second level
    constraints : TOML file with further demands, None = none
    name : what the county is called, empty = as its file
    limit_s : seconds after which a search ends with its best plan so far, None = default
    """

    choice: ColumnChoice = field(default_factory=ColumnChoice)
    band: tuple[int, int] = (10_000, 15_000)
    target: int | None = None
    count: int | None = None
    features: tuple[str, ...] = ()
    compactness: float | None = None
    alternatives: int = 1
    seed: int = 1
    quartiere: int | None = None
    constraints: Path | None = None
    name: str = ""
    limit_s: float | None = None


def open_with_options(path: Path, options: Options) -> Workspace:
    """Open a block file with everything the user said about it.

    Errors
    ------
    InputError : findings of the file, of the options and of the constraints file together
    """
    findings: list[Finding] = []
    settings = _kept(lambda: settings_from_options(options), findings)
    county = _kept(lambda: _opened(path, options), findings)
    if county is not None and settings is not None:
        county, settings = _with_demands(options, county, settings, findings)
    if findings or county is None or settings is None:
        raise InputError(*findings)
    return Workspace(county, settings)


def refuse_unwritable(folder: Path, options: Options) -> None:
    """Say before a long read and search that the results cannot be written; wrong options are said with it.

    Errors
    ------
    InputError : the folder cannot be written
    """
    try:
        refuse_unwritable_folder(folder)
    except InputError as error:
        findings = list(error.findings)
        _kept(lambda: settings_from_options(options), findings)
        raise InputError(*findings) from error


def _opened(path: Path, options: Options) -> County:
    """The county, its places taken from a layer where ``--places`` names a file and not a column."""
    choice = replace(options.choice, features=options.features)
    source = place_source(choice.places)
    if source is None:
        return open_county(path, choice=choice, label=options.name)
    return with_places(open_county(path, choice=replace(choice, places="none"), label=options.name), source)


def _with_demands(
    options: Options, county: County, settings: Settings, findings: list[Finding]
) -> tuple[County, Settings]:
    """County and settings with the constraints file read; what was noticed in it joins the findings of the county."""
    file = _kept(lambda: _constraints(options, county), findings)
    if file is not None:
        county = replace(county, findings=(*county.findings, *file.notes))
        settings = replace(settings, constraints=file.constraints)
        _kept(lambda: problem_of(county, settings), findings)
    return replace(county, findings=(*county.findings, *_without_difference(county, options.features))), settings


def _without_difference(county: County, features: tuple[str, ...]) -> tuple[Finding, ...]:
    """Features that are the same everywhere: they are allowed, but say nothing about likeness."""
    same = tuple(f for f in features if f in county.features and len(np.unique(county.features[f])) == 1)
    return (Finding("features.constant", "warning", where=same),) if same else ()


def settings_from_options(options: Options) -> Settings:
    """The settings without the constraints, which need the county.

    Errors
    ------
    InputError : impossible numbers, every one named
    """
    findings: list[Finding] = []
    if options.count is not None and options.count < 1:
        findings.append(Finding("option.count", values={"value": options.count}))
    if options.alternatives < 1:
        findings.append(Finding("option.alternatives", values={"value": options.alternatives}))
    if options.compactness is not None and not (math.isfinite(options.compactness) and options.compactness >= 0):
        findings.append(Finding("option.compactness", values={"value": options.compactness}))
    if options.limit_s is not None and not (math.isfinite(options.limit_s) and options.limit_s > 0):
        findings.append(Finding("option.limit", values={"value": options.limit_s}))
    if options.quartiere is not None and not 1 <= options.quartiere <= options.band[1]:
        findings.append(Finding("option.quartiere", values={"value": options.quartiere, "maximum": options.band[1]}))
    twice = tuple(dict.fromkeys(f for f in options.features if options.features.count(f) > 1))
    if twice:
        findings.append(Finding("features.twice", where=twice))
    target = _kept(lambda: _target(options), findings)
    if findings or target is None:
        raise InputError(*findings)
    return Settings(
        target=target,
        features=options.features,
        parameters=_parameters(options),
        seed=options.seed,
        alternatives=options.alternatives,
        quartier_target=options.quartiere,
    )


def _parameters(options: Options) -> Parameters:
    base = Parameters()
    compactness = base.compactness if options.compactness is None else options.compactness
    return replace(base, compactness=compactness, limit_s=base.limit_s if options.limit_s is None else options.limit_s)


def _target(options: Options) -> PopulationTarget:
    minimum, maximum = options.band
    middle = (minimum + maximum) // 2
    return PopulationTarget(minimum, options.target if options.target is not None else middle, maximum)


def _constraints(options: Options, county: County) -> ConstraintsFile:
    file = ConstraintsFile(Constraints())
    if options.constraints is not None:
        file = demands_of_file(options.constraints, county, called=str(options.constraints))
    demands = file.constraints
    if options.count is not None:
        if demands.region_count not in (None, options.count):
            values = {"option": options.count, "file": demands.region_count}
            raise InputError(Finding("option.count.twice", values=values))
        demands = replace(demands, region_count=options.count)
    if options.choice.within == "none":
        demands = replace(demands, municipal_borders="none")
    return replace(file, constraints=demands)


def _kept(step: Callable[[], T], findings: list[Finding]) -> T | None:
    try:
        return step()
    except InputError as error:
        findings.extend(error.findings)
        return None
