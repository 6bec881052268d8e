"""Layers from web services of state and county: WFS and OGC API Features, off until a host is allowed (Dienste)."""

from __future__ import annotations

import json
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import geopandas
from owslib.ogcapi.features import Features
from owslib.util import ServiceException
from owslib.wfs import WebFeatureService

from geodata.open_layer import Layer
from geodata.provenance import Provenance
from spatial.errors import Finding, InputError

Kind = Literal["ogcapi", "wfs"]
_BROKEN = (OSError, ServiceException, ValueError, KeyError, AttributeError, TypeError, RuntimeError)
_FIRST_WAIT_S = 0.5


@dataclass(frozen=True)
class ServiceRules:
    """What may be asked of whom.

    Attributes
    ----------
    allowed_hosts : hosts the operator allows; empty = services are off
    most_features : more than so many are refused before memory runs out
    page : features per request
    attempts : so often a broken request is tried, each time after a longer wait
    timeout_s : seconds for one request
    licence : licence line of the service, kept with the layer
    """

    allowed_hosts: tuple[str, ...] = ()
    most_features: int = 200_000
    page: int = 1_000
    attempts: int = 3
    timeout_s: float = 30.0
    licence: str = ""


def read_service(
    url: str,
    layer: str,
    *,
    kind: Kind,
    rules: ServiceRules | None = None,
    wait: Callable[[float], None] = time.sleep,
) -> Layer:
    """All features of one layer of a service, page by page.

    Parameters
    ----------
    url : address of the service (landing page of an OGC API, or the WFS without parameters)
    layer : name of the collection or feature type
    kind : ``"ogcapi"`` or ``"wfs"``
    rules : limits and allowed hosts; without them services are off
    wait : called with seconds between attempts

    Returns
    -------
    Layer in longitude and latitude; hand it on like the layer of a file

    Errors
    ------
    InputError : services are off or the host is not allowed, offline, no such layer (those that exist are
        named), too many features, pages that overlap, or an answer that is no GeoJSON
    """
    used = rules or ServiceRules()
    host = urllib.parse.urlsplit(url).hostname or ""
    if host not in used.allowed_hosts:
        raise InputError(Finding("service.off", where=(host or url,)))
    pages = _ogcapi_pages(url, layer, used) if kind == "ogcapi" else _wfs_pages(url, layer, used)
    features = _collected(pages, layer, used, wait=wait)
    frame = geopandas.GeoDataFrame.from_features(features, crs=4326)
    return Layer(frame, Provenance(url, layer, licence=used.licence, steps=(f"service {kind} {len(frame)}",)))


Page = Callable[[int], dict[str, Any]]


def _ogcapi_pages(url: str, layer: str, rules: ServiceRules) -> Callable[[], Page]:
    def connect() -> Page:
        service = Features(url, timeout=int(rules.timeout_s))
        known = service.feature_collections()
        if layer not in known:
            raise InputError(
                Finding("service.layer.unknown", where=(layer,), values={"layers": ", ".join(known) or "–"})
            )
        return lambda start: dict(service.collection_items(layer, limit=rules.page, offset=start))

    return connect


def _wfs_pages(url: str, layer: str, rules: ServiceRules) -> Callable[[], Page]:
    def connect() -> Page:
        service = WebFeatureService(url, version="2.0.0", timeout=int(rules.timeout_s))
        if layer not in service.contents:
            offered = ", ".join(service.contents) or "–"
            raise InputError(Finding("service.layer.unknown", where=(layer,), values={"layers": offered}))
        return lambda start: _wfs_page(service, layer, start, rules)

    return connect


def _wfs_page(service: Any, layer: str, start: int, rules: ServiceRules) -> dict[str, Any]:
    answer = service.getfeature(
        typename=[layer],
        outputFormat=_json_format(service),
        srsname="urn:ogc:def:crs:OGC:1.3:CRS84",
        startindex=start,
        maxfeatures=rules.page,
    )
    raw = answer.read()
    return dict(json.loads(raw))


def _json_format(service: Any) -> str:
    operation = service.getOperationByName("GetFeature")
    offered = [str(value) for value in operation.parameters.get("outputFormat", {}).get("values", [])]
    return next((value for value in offered if "json" in value.lower()), "application/json")


def _collected(
    connect: Callable[[], Page], layer: str, rules: ServiceRules, *, wait: Callable[[float], None]
) -> list[dict[str, Any]]:
    """Every feature once; what the service repeats or leaves out is said and not guessed."""
    page = _tried(connect, rules, wait)
    features: list[dict[str, Any]] = []
    for answer in _answers(page, features, rules, wait=wait):
        if answer.get("type") != "FeatureCollection" or not isinstance(answer.get("features"), list):
            raise InputError(Finding("service.answer", where=(layer,)))
        features += answer["features"]
        if len(features) > rules.most_features:
            raise InputError(Finding("service.too_many", where=(layer,), values={"limit": rules.most_features}))
    keys = [feature["id"] for feature in features if feature.get("id") is not None]
    if len(set(map(str, keys))) < len(keys):
        raise InputError(Finding("service.pages_overlap", where=(layer,)))
    if not features:
        raise InputError(Finding("read.layer.no_rows", where=(layer,)))
    return features


def _answers(
    page: Page, features: list[dict[str, Any]], rules: ServiceRules, *, wait: Callable[[float], None]
) -> Iterator[dict[str, Any]]:
    while True:
        before = len(features)
        start = before
        answer = _tried(lambda start=start: page(start), rules, wait)  # type: ignore[misc]
        yield answer
        got, whole = len(features) - before, answer.get("numberMatched")
        if got == 0 or (isinstance(whole, int) and len(features) >= whole) or (whole is None and got < rules.page):
            return


def _tried(call: Callable[[], Any], rules: ServiceRules, wait: Callable[[float], None]) -> Any:
    for attempt in range(1, rules.attempts + 1):
        try:
            return call()
        except InputError:
            raise
        except _BROKEN as error:
            if attempt == rules.attempts:
                raise InputError(Finding("service.offline", values={"attempts": attempt})) from error
            wait(_FIRST_WAIT_S * 2 ** (attempt - 1))
    raise InputError(Finding("service.offline", values={"attempts": rules.attempts}))
