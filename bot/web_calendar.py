"""Calendar feeds over HTTP: whoever has an address reads it, and nobody else learns whether it is one."""

import hashlib
import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import structlog

from bot.actions.calendar import read_feed
from bot.connectors.addresses import NO_CALENDAR
from bot.deps import Deps
from bot.logs import begin_request
from bot.views.calendar_feed import shift_feed

log = structlog.get_logger()

PREFIX = "/calendar/"
_PATH = re.compile(re.escape(PREFIX) + r"([A-Za-z0-9_-]{1,100})\.ics")
_TEXT = ("Content-Type", "text/plain; charset=utf-8")
# A calendar may keep a copy for its owner, and asks each time whether it still holds.
_PRIVATE = ("Cache-Control", "private, no-cache")


def answer_calendar(deps: Deps, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """The feed at the address that is asked for; the same answer for every address that is none, or no longer."""
    body = _answer(deps, environ, start_response)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else body


def _answer(deps: Deps, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return _say(start_response, "405 Method Not Allowed", "A calendar is only read.", ("Allow", "GET, HEAD"))
    begin_request()
    try:
        feed = _feed(deps, environ["PATH_INFO"])
    except Exception as error:
        # Any further up, the address would be logged along with it.
        log.error("a calendar feed failed", exc_info=error)
        return _say(start_response, "503 Service Unavailable", "Not now. Please ask again later.")
    if feed is None:
        return _say(start_response, "404 Not Found", NO_CALENDAR)
    tag = f'"{hashlib.sha256(feed).hexdigest()[:32]}"'
    headers = [("ETag", tag), _PRIVATE]
    if _has(environ.get("HTTP_IF_NONE_MATCH", ""), tag):
        start_response("304 Not Modified", headers)
        return []
    headers += [("Content-Type", "text/calendar; charset=utf-8"), ("Content-Length", str(len(feed)))]
    start_response("200 OK", headers)
    return [feed]


def _feed(deps: Deps, path: str) -> bytes | None:
    found = _PATH.fullmatch(path)
    entries = read_feed(deps, found[1]) if found else None
    return None if entries is None else shift_feed(entries)


def _has(asked: str, tag: str) -> bool:
    """Whether a calendar says that it has this version."""
    return any(each.strip().removeprefix("W/") in (tag, "*") for each in asked.split(","))


def _say(start_response: StartResponse, status: str, text: str, *headers: tuple[str, str]) -> Iterable[bytes]:
    start_response(status, [_TEXT, ("Cache-Control", "no-store"), *headers])
    return [f"{text}\n".encode()]
