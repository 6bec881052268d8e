"""Web services: a real OGC API server (pygeoapi) and a small WFS, both on this machine."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from geodata.services import ServiceRules, read_service
from tests.geodata.drawn_blocks import refused, six_blocks

HERE = ServiceRules(allowed_hosts=("127.0.0.1",), page=4, timeout_s=10, attempts=2, licence="dl-de/zero-2-0")
CONFIG = """
server:
  bind: {{host: 127.0.0.1, port: {port}}}
  url: http://127.0.0.1:{port}
  mimetype: application/json; charset=UTF-8
  encoding: utf-8
  languages: [de-DE]
  limits: {{default_items: 10, max_items: 100}}
  map: {{url: "http://127.0.0.1/", attribution: ""}}
logging: {{level: ERROR}}
metadata:
  identification: {{title: Test, description: Test, keywords: [test], terms_of_service: "", url: "http://127.0.0.1"}}
  license: {{name: dl-de/zero-2-0, url: "http://127.0.0.1"}}
  provider: {{name: Test, url: "http://127.0.0.1"}}
  contact: {{name: Test}}
resources:
  bloecke:
    type: collection
    title: Blöcke
    description: Blöcke
    keywords: [bloecke]
    links: []
    extents: {{spatial: {{bbox: [5, 50, 7, 52], crs: "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}}}
    providers:
      - {{type: feature, name: GeoJSON, data: "{data}", id_field: block_id}}
"""
CAPABILITIES = """<?xml version="1.0"?>
<wfs:WFS_Capabilities version="2.0.0" xmlns:wfs="http://www.opengis.net/wfs/2.0"
  xmlns:ows="http://www.opengis.net/ows/1.1" xmlns:xlink="http://www.w3.org/1999/xlink">
<ows:ServiceIdentification><ows:Title>T</ows:Title><ows:ServiceType>WFS</ows:ServiceType>
<ows:ServiceTypeVersion>2.0.0</ows:ServiceTypeVersion></ows:ServiceIdentification>
<ows:OperationsMetadata><ows:Operation name="GetFeature"><ows:DCP><ows:HTTP>
<ows:Get xlink:href="{url}"/></ows:HTTP></ows:DCP><ows:Parameter name="outputFormat"><ows:AllowedValues>
<ows:Value>application/gml+xml</ows:Value><ows:Value>application/geo+json</ows:Value>
</ows:AllowedValues></ows:Parameter></ows:Operation></ows:OperationsMetadata>
<wfs:FeatureTypeList><wfs:FeatureType><wfs:Name>app:bloecke</wfs:Name><wfs:Title>B</wfs:Title>
<wfs:DefaultCRS>urn:ogc:def:crs:EPSG::25832</wfs:DefaultCRS></wfs:FeatureType></wfs:FeatureTypeList>
</wfs:WFS_Capabilities>"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        error.close()
        return False
    except OSError:
        return False


@pytest.fixture(scope="module")
def ogcapi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A pygeoapi server with the six blocks."""
    pytest.importorskip("pygeoapi", reason="pygeoapi ist nicht installiert (requirements-dev.txt)")
    folder = tmp_path_factory.mktemp("ogcapi")
    data, port = folder / "b.geojson", free_port()
    six_blocks().to_crs(4326).to_file(data, driver="GeoJSON")
    config, openapi = folder / "config.yml", folder / "openapi.yml"
    config.write_text(CONFIG.format(port=port, data=data), encoding="utf-8")
    env = {**os.environ, "PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(openapi)}
    describe = ["openapi", "generate", str(config), "--output-file", str(openapi)]
    script = [sys.executable, "-c", "from pygeoapi import cli; cli()"]
    subprocess.run([*script, *describe], env=env, check=True, capture_output=True, timeout=60)
    serve = f"from pygeoapi.flask_app import APP; APP.run('127.0.0.1', {port})"
    server = subprocess.Popen(
        [sys.executable, "-c", serve], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        waiting = threading.Event()
        for _ in range(200):
            if answers(f"http://127.0.0.1:{port}/?f=json") or server.poll() is not None:
                break
            waiting.wait(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(10)


def test_all_pages_of_a_real_server_are_read(ogcapi: str) -> None:
    layer = read_service(ogcapi, "bloecke", kind="ogcapi", rules=HERE)
    assert sorted(layer.frame["einwohner"]) == [100, 200, 300, 400, 500, 600]
    assert layer.frame.to_crs(25832).area.sum() == pytest.approx(60_000, rel=1e-3)
    assert layer.provenance.licence == "dl-de/zero-2-0"


def test_an_unknown_layer_names_those_that_exist_and_too_much_is_refused(ogcapi: str) -> None:
    unknown = refused(lambda: read_service(ogcapi, "strassen", kind="ogcapi", rules=HERE))
    assert unknown["service.layer.unknown"].values["layers"] == "bloecke"
    few = ServiceRules(allowed_hosts=("127.0.0.1",), page=4, most_features=5)
    assert "service.too_many" in refused(lambda: read_service(ogcapi, "bloecke", kind="ogcapi", rules=few))


def test_services_are_off_until_their_host_is_allowed() -> None:
    assert "service.off" in refused(lambda: read_service("http://127.0.0.1:9/", "b", kind="ogcapi"))
    other = ServiceRules(allowed_hosts=("geo.example",))
    assert refused(lambda: read_service("http://127.0.0.1:9/", "b", kind="wfs", rules=other))["service.off"].where == (
        "127.0.0.1",
    )


def test_an_unreachable_service_is_tried_again_and_then_said_to_be_offline() -> None:
    waits: list[float] = []
    url = f"http://127.0.0.1:{free_port()}/"
    found = refused(lambda: read_service(url, "b", kind="ogcapi", rules=HERE, wait=waits.append))
    assert found["service.offline"].values["attempts"] == 2
    assert waits == [0.5]


class Wfs(BaseHTTPRequestHandler):
    """Two pages of features; the first request for features breaks."""

    features: list[dict[str, Any]]
    broken: int

    def do_GET(self) -> None:
        query = {k.lower(): v[0] for k, v in urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query).items()}
        body = CAPABILITIES.format(url=f"http://127.0.0.1:{self.server.server_address[1]}/wfs?")
        if query.get("request", "").lower() == "getfeature":
            if type(self).broken:
                type(self).broken -= 1
                self.send_error(503)
                return
            start, count = int(query.get("startindex", 0)), int(query.get("count", 1000))
            page = self.features[start : start + count]
            body = json.dumps({"type": "FeatureCollection", "features": page, "numberMatched": len(self.features)})
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


@pytest.fixture
def wfs() -> Iterator[tuple[str, type[Wfs]]]:
    features = json.loads(six_blocks().to_crs(4326).to_json())["features"]
    handler = type("Desk", (Wfs,), {"features": features, "broken": 0})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/wfs", handler
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_wfs_is_read_page_by_page_through_a_broken_request(wfs: tuple[str, type[Wfs]]) -> None:
    url, handler = wfs
    handler.broken = 1
    layer = read_service(url, "app:bloecke", kind="wfs", rules=HERE, wait=lambda seconds: None)
    assert layer.frame["einwohner"].sum() == 2100
    assert "service.layer.unknown" in refused(lambda: read_service(url, "weg", kind="wfs", rules=HERE))


def test_pages_that_overlap_are_noticed(wfs: tuple[str, type[Wfs]]) -> None:
    url, handler = wfs
    handler.features = [*handler.features, handler.features[0]]
    assert "service.pages_overlap" in refused(lambda: read_service(url, "app:bloecke", kind="wfs", rules=HERE))
