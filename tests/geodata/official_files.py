"""Small files in the official layouts, and a local server that hands them out."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import geopandas
import shapely

WEST, SOUTH = 4_031_000, 3_111_000  # in EPSG:3035, in the west of the county of Heinsberg
CENSUS_2022 = (
    "GITTER_ID_100m;x_mp_100m;y_mp_100m;Einwohner;Durchschnittsalter;werterlaeuternde_Zeichen\n"
    "CRS3035RES100mN3111000E4031000;4031050;3111050;120;43,5;\n"
    "CRS3035RES100mN3111000E4031100;4031150;3111050;85;–;\n"
    "CRS3035RES100mN3111100E4031900;4031950;3111150;7;51,25;KLAMMERN\n"
    "CRS3035RES100mN3111900E4032700;4032750;3111950;38;40;\n"
)
CENSUS_2011 = (
    "Gitter_ID_1km;x_mp_1km;y_mp_1km;Einwohner;Alter_D\n"
    "1kmN3111E4031;4031500;3111500;250;43,5\n"
    "1kmN3112E4031;4031500;3112500;-1;-1\n"
    "1kmN3111E4032;4032500;3111500;40;-9\n"
)
GV100AD = "\n".join(
    [
        "402023113005370       Heinsberg                                         Heinsberg".ljust(124) + "43",
        "50202311300537000040004Erkelenz".ljust(124) + "50",
        "6020231130053700040004Erkelenz, Stadt".ljust(122) + "63    000000117340000004421500000021626    41812",
        "6020231130053700080008Gangelt".ljust(122) + "64    000000048720000001324000000006598    52538",
        "",
    ]
)


def census_zip(folder: Path) -> Path:
    """The census archive as published: one CSV per cell size."""
    path = folder / "Zensus2022_Bevoelkerungszahl.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("Zensus2022_Bevoelkerungszahl_100m-Gitter.csv", CENSUS_2022)
        packed.writestr("Zensus2022_Bevoelkerungszahl_1km-Gitter.csv", CENSUS_2011)
    return path


def vg250_zip(folder: Path) -> Path:
    """VG250-EW as published: Shapefiles of all levels in a zip file; three municipalities in two counties."""
    squares = [
        shapely.box(WEST, SOUTH, WEST + 1000, SOUTH + 1000),
        shapely.box(WEST + 1000, SOUTH, WEST + 2000, SOUTH + 1000),
        shapely.box(WEST + 2000, SOUTH, WEST + 3000, SOUTH + 1000),
    ]
    table = {
        "ADE": [6] * 3,
        "GF": [4] * 3,
        "BSG": [1] * 3,
        "ARS": ["053700024024", "053700032032", "053580004004"],
        "AGS": ["05370024", "05370032", "05358004"],
        "GEN": ["Selfkant", "Waldfeucht", "Aldenhoven"],
        "BEZ": ["Gemeinde"] * 3,
        "EWZ": [212, 38, 500],
        "KFL": [1.0] * 3,
    }
    frame = geopandas.GeoDataFrame(table, geometry=squares, crs=3035).to_crs(25832)
    frame.to_file(folder / "VG250_GEM.shp")
    frame.dissolve("ADE").reset_index().drop(columns="KFL").to_file(folder / "VG250_KRS.shp")
    path = folder / "vg250-ew_12-31.utm32s.shape.ebenen.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in sorted(folder.glob("VG250_*")):
            packed.write(part, f"vg250-ew_12-31.utm32s.shape.ebenen/vg250-ew_ebenen_1231/{part.name}")
        packed.writestr("vg250-ew_12-31.utm32s.shape.ebenen/dokumentation/vg250.pdf", b"%PDF")
    return path


class Office(BaseHTTPRequestHandler):
    """Hands out the files of a folder, resumes, and breaks off where it is told to."""

    folder: Path
    break_after: int = 0
    requests: list[str]

    def do_GET(self) -> None:
        self.requests.append(f"{self.path} {self.headers.get('Range', '')}".strip())
        path = self.folder / self.path.lstrip("/")
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        wanted = self.headers.get("Range")
        start = int(wanted.removeprefix("bytes=").split("-")[0]) if wanted else 0
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        stop = len(body)
        if type(self).break_after and start == 0:
            stop, type(self).break_after = type(self).break_after, 0
        self.wfile.write(body[start:stop])
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


@contextmanager
def office(folder: Path, *, break_after: int = 0) -> Iterator[tuple[str, list[str]]]:
    """A server on this machine; gives its address and the list of what was asked of it."""
    requests: list[str] = []
    handler = type("Desk", (Office,), {"folder": folder, "break_after": break_after, "requests": requests})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", requests
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
