"""A layer of a web service kept as a file, so that it is read like every other (Ebene aus einem Dienst)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geodata.provenance import PROVENANCE_LAYER, provenance_rows
from geodata.services import Kind, ServiceRules, read_service
from geodata.write_plan import write_layers
from reporting.text_de import provenance as words
from spatial.errors import Finding, InputError


@dataclass(frozen=True)
class ServiceLayer:
    """A layer of a service: address, name, kind (``"wfs"`` or ``"ogcapi"``) and the source note it asks for."""

    url: str
    layer: str
    kind: Kind = "wfs"
    licence: str = ""


def fetch_service_layer(wanted: ServiceLayer, folder: Path, *, allowed_hosts: tuple[str, ...]) -> tuple[Path, int]:
    """Ask the service for all objects of a layer and keep them as a GeoPackage with their source.

    Parameters
    ----------
    allowed_hosts : hosts the operator allows; empty = services are off

    Returns
    -------
    path of the file, number of objects

    Errors
    ------
    InputError : services are off, the host is not allowed, offline, no such layer, too many objects
    """
    rules = ServiceRules(allowed_hosts=allowed_hosts, licence=wanted.licence)
    found = read_service(wanted.url, wanted.layer, kind=wanted.kind, rules=rules)
    name = "".join(sign if sign.isalnum() else "_" for sign in wanted.layer) or "ebene"
    path = folder / f"{name}.gpkg"
    path.unlink(missing_ok=True)
    origin = found.provenance
    rows = provenance_rows(origin, [name], described=lambda part: words.steps(part.steps))
    try:
        write_layers(path, {name: found.frame, PROVENANCE_LAYER: pd.DataFrame(rows)})
    except (OSError, RuntimeError) as error:
        raise InputError(Finding("write.failed", where=(str(path),))) from error
    return path, len(found.frame)
