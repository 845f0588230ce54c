"""Keeps web pages from elsewhere out: a browser on this machine must not let them act in the workspace."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
WITH_BODY = frozenset({"POST", "PATCH"})


class Door:
    """Answers 403 to what a browser sends for another page, 415 to a form sent to the control API.

    The Host must be this machine, or a name that was made to point here would pass as the page's own. Clients
    that are no browsers send no Origin and come in.
    """

    def __init__(self, inner: ASGIApp) -> None:
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._inner(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if _is_foreign(scope["path"], headers):
            await _refuse(403, "Only the page of this sandbox may do that.")(scope, receive, send)
        elif _is_form(scope, headers):
            await _refuse(415, "Send JSON, as application/json.")(scope, receive, send)
        else:
            await self._inner(scope, receive, send)


def _is_foreign(path: str, headers: Headers) -> bool:
    host, origin = headers.get("host", ""), headers.get("origin")
    if not _is_here(host) or (origin is not None and origin.partition("://")[2] != host):
        return True
    # A picture or script asks without an Origin. Whoever follows a link comes to the page and nowhere else.
    return path != "/" and headers.get("sec-fetch-site", "none") not in ("none", "same-origin")


def _is_here(host: str) -> bool:
    try:
        return urlsplit(f"//{host}").hostname in LOOPBACK
    except ValueError:
        return False


def _is_form(scope: Scope, headers: Headers) -> bool:
    if scope["type"] != "http" or scope["method"] not in WITH_BODY or not scope["path"].startswith("/sandbox/"):
        return False
    return headers.get("content-type", "").partition(";")[0].strip() != "application/json"


def _refuse(status: int, why: str) -> JSONResponse:
    return JSONResponse({"error": why}, status_code=status)
