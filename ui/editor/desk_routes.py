"""The editor's door: the operation log, other people's edits, warnings and suggestions.

Addresses begin with ``/raumwerk/desk/{project}/{plan}``. Operations are acknowledged only when they are on the disk; a
browser sends every operation until it is. Only requests from the app's own pages are taken.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from reporting.text_de import editor as text
from ui.editor.advice import repairs, split_suggestion, warnings
from ui.editor.open_projects import OpenProject, by_id
from ui.editor.remarks import keep_remark, remarks
from ui.editor.wire import (
    WireError,
    answer_message,
    county_message,
    landmarks_message,
    news_message,
    operation_from_message,
    plan_message,
)
from workspace.desk import Desk
from workspace.store import StoreError

Answering = Callable[[Request], Awaitable[Response]]
Work = Callable[[OpenProject, Desk, Request, Any], Any]
_LONGEST_NAME = 60
_MOST_BYTES = 4_000_000


def desk_routes() -> list[BaseRoute]:
    """Everything the editor fetches beside the shapes."""
    start = "/raumwerk/desk/{project}/{plan}"
    return [
        Route(f"{start}/county", _answer(_county)),
        Route(f"{start}/landmarks", _answer(_landmarks)),
        Route(f"{start}/plan", _answer(_plan)),
        Route(f"{start}/news", _answer(_news)),
        Route(f"{start}/operations", _answer(_operations), methods=["POST"]),
        Route(f"{start}/warnings", _answer(_warnings)),
        Route(f"{start}/repairs", _answer(_repairs)),
        Route(f"{start}/split", _answer(_split)),
        Route(f"{start}/remarks", _answer(_remarks)),
        Route(f"{start}/remarks", _answer(_put_remark), methods=["POST"]),
    ]


def _answer(work: Work) -> Answering:
    async def endpoint(request: Request) -> Response:
        if not _from_here(request):
            return JSONResponse({"problem": "foreign"}, status_code=403)
        body = await request.body() if request.method == "POST" else b""
        if len(body) > _MOST_BYTES:
            return JSONResponse({"problem": "size"}, status_code=413)
        return await run_in_threadpool(_done, work, request, body)

    return endpoint


def _done(work: Work, request: Request, body: bytes) -> Response:
    try:
        project = by_id(request.path_params["project"])
        if project is None:
            return JSONResponse({"problem": "closed"}, status_code=503)
        message = json.loads(body) if body else {}
        return JSONResponse(work(project, project.desk(request.path_params["plan"]), request, message))
    except StoreError as error:
        sentence = text.store_problem(error.code, error.values)
        return JSONResponse({"problem": error.code, "sentence": sentence}, status_code=507)
    except (WireError, KeyError, TypeError, ValueError):
        return JSONResponse({"problem": "message", "sentence": text.UNREADABLE_MESSAGE}, status_code=400)


def _from_here(request: Request) -> bool:
    """A page of another host may not write here; tools without a browser send no origin."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _author(request: Request) -> str:
    return request.query_params.get("author", "").strip()[:_LONGEST_NAME]


def _county(project: OpenProject, _desk: Desk, _request: Request, _message: Any) -> Any:
    county = project.project.county
    return county_message(county.blocks, county.contiguity)


def _landmarks(project: OpenProject, _desk: Desk, _request: Request, _message: Any) -> Any:
    return landmarks_message(project.project.landmarks)


def _plan(_project: OpenProject, desk: Desk, request: Request, _message: Any) -> Any:
    return plan_message(desk, author=_author(request))


def _news(_project: OpenProject, desk: Desk, request: Request, _message: Any) -> Any:
    return news_message(desk, since=int(request.query_params["since"]), author=_author(request))


def _operations(project: OpenProject, desk: Desk, _request: Request, message: Any) -> Any:
    author = str(message["author"]).strip()[:_LONGEST_NAME] or text.NOBODY
    client = str(message["client"])[:36]
    ids = project.project.county.blocks.ids
    operations = [operation_from_message(m, ids, author=author, client=client) for m in message["operations"]]
    answers = desk.submit(operations)
    project.layers.moved_on(desk.plan_id)
    news = news_message(desk, since=int(message["since"]), author=author)
    return {**news, "answers": [answer_message(answer) for answer in answers]}


def _warnings(project: OpenProject, desk: Desk, _request: Request, _message: Any) -> Any:
    return warnings(project, desk)


def _repairs(project: OpenProject, desk: Desk, _request: Request, _message: Any) -> Any:
    return repairs(project, desk)


def _split(project: OpenProject, desk: Desk, request: Request, _message: Any) -> Any:
    return split_suggestion(project, desk, region=int(request.query_params["region"]))


def _remarks(project: OpenProject, desk: Desk, _request: Request, _message: Any) -> Any:
    return remarks(project, desk)


def _put_remark(project: OpenProject, desk: Desk, _request: Request, message: Any) -> Any:
    author = str(message["author"]).strip()[:_LONGEST_NAME] or text.NOBODY
    keep_remark(project, desk, message, author=author)
    return remarks(project, desk)
