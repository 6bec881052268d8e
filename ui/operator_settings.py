"""What the operator of the server decides (Betreibereinstellungen): one documented TOML file, ``raumwerk.toml``.

The file is looked for at ``RAUMWERK_SETTINGS`` and then in the folder the server was started in. Without it everything
has a default: projects lie in ``raumwerk-projekte``, and there is no basemap, so no request leaves the house::

    [projects]
    folder = "/srv/raumwerk/projekte"

    [basemap]
    tiles = "https://sgx.geodatenzentrum.de/wmts_basemapde/tile/1.0.0/de_basemapde_web_raster_grau/default/GLOBAL_WEBMERCATOR/{z}/{y}/{x}.png"
    attribution = "© basemap.de / BKG"

    [services]
    allowed_hosts = ["www.wfs.nrw.de"]
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True)
class OperatorSettings:
    """Project folder, optional basemap (tile address with ``{z}``, ``{x}``, ``{y}`` and its attribution), and the hosts
    of web services that may be asked for layers; none = services are off.
    """

    project_folder: Path = Path("raumwerk-projekte")
    tiles: str = ""
    attribution: str = ""
    service_hosts: tuple[str, ...] = ()

    @property
    def basemap_origins(self) -> tuple[str, ...]:
        """The only foreign origin that pages may load pictures from; empty without a basemap.

        >>> OperatorSettings(tiles="https://karten.example.de/{z}/{x}/{y}.png").basemap_origins
        ('https://karten.example.de',)
        """
        if not self.tiles:
            return ()
        parts = urlsplit(self.tiles)
        return (f"{parts.scheme}://{parts.netloc}",)


def chosen_project() -> Path | None:
    """The project file the server was started with (``raumwerk app --project``), None without one."""
    path = os.environ.get("RAUMWERK_PROJECT", "")
    return Path(path) if path else None


def project_files() -> tuple[Path, ...]:
    """All project files this server may open, without their backups."""
    chosen = chosen_project()
    own = [chosen] if chosen else []
    found = sorted(operator_settings().project_folder.glob("*.gpkg"))
    return (*own, *(path for path in found if len(path.suffixes) == 1 and not path.name.startswith(".")))


@cache
def operator_settings() -> OperatorSettings:
    """The settings of this server, read once."""
    path = Path(os.environ.get("RAUMWERK_SETTINGS", "raumwerk.toml"))
    if not path.is_file():
        return OperatorSettings()
    values = tomllib.loads(path.read_text("utf-8"))
    basemap = values.get("basemap", {})
    folder = Path(values.get("projects", {}).get("folder", OperatorSettings.project_folder))
    hosts = tuple(str(host) for host in values.get("services", {}).get("allowed_hosts", ()))
    return OperatorSettings(folder, str(basemap.get("tiles", "")), str(basemap.get("attribution", "")), hosts)
