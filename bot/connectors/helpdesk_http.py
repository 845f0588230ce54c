"""One way to ask a helpdesk over HTTP: what its answers mean, and the names of what goes wrong."""

from collections.abc import Callable, Iterator, Mapping, Sized
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests
import structlog
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase, HTTPBasicAuth
from urllib3.util import Retry

from bot.connectors.helpdesk import (
    Forbidden,
    Gone,
    Refused,
    SignInFailed,
    ToolIsAway,
    TooManyRequests,
)

log = structlog.get_logger()

TIMEOUT = (3, 10)
_PAUSE = 60  # seconds, where it does not say how long
_LONGEST_PAUSE = 3600
_WORDS = 200


class HasChanged(ToolIsAway):
    """It was changed since the version that was named, or is being changed just now."""


def http_session(user: str, password: str) -> requests.Session:
    """A session that is signed in by a name and a password, or a token in its place."""
    session = _session()
    session.auth = HTTPBasicAuth(user.encode(), password.encode())
    return session


def bearer_session(token: str, headers: Mapping[str, str]) -> requests.Session:
    """A session that is signed in by a token alone, and says ``headers``, too."""
    session = _session()
    session.auth = _Bearer(token)
    session.headers.update(headers)
    return session


class _Bearer(AuthBase):
    """As authentication, and not as a header, so that no .netrc takes its place."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _session() -> requests.Session:
    """Tries again where nobody was reached.

    Whoever is told to wait is told so for minutes, which is for the clock to wait and not for a thread; hence no
    429 here. Of what is posted nobody knows whether a 503 came before or after it.
    """
    session = requests.Session()
    retry = Retry(
        total=4,
        connect=3,
        read=0,
        status=3,
        status_forcelist=(503,),
        allowed_methods=("GET", "PUT"),
        respect_retry_after_header=False,
        raise_on_status=False,
        backoff_factor=0.1,
    )
    adapter = HTTPAdapter(max_retries=retry)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def ask(
    session: requests.Session,
    method: str,
    url: str,
    *,
    clock: Callable[[], datetime],
    params: dict[str, Any] | None = None,
    body: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The object that is answered; raises ``HelpdeskFails``, whose text tells nothing of the request."""
    found, _ = answered(session, method, url, clock=clock, params=params, body=body)
    if not isinstance(found, dict):
        raise ToolIsAway
    return found


def answered(
    session: requests.Session,
    method: str,
    url: str,
    *,
    clock: Callable[[], datetime],
    params: dict[str, Any] | None = None,
    body: dict[str, Any] | None = None,
) -> tuple[Any, Mapping[str, str]]:
    """The same for whatever is answered, with the headers of the answer."""
    try:
        answer = session.request(method, url, params=params, json=body, timeout=TIMEOUT, allow_redirects=False)
        status, headers = answer.status_code, answer.headers
        # Also an error has one, mostly.
        found = _clean(answer.json()) if answer.content else {}
    except requests.exceptions.JSONDecodeError:
        found = None
    except requests.RequestException:
        raise ToolIsAway from None
    if status == 429:
        raise TooManyRequests(_pause(headers.get("Retry-After"), clock))
    if status == 401:
        raise SignInFailed
    if status == 403:
        raise Forbidden
    if status in (404, 410):
        raise Gone
    if status in (409, 412):
        raise HasChanged
    if 400 <= status < 500:
        raise Refused(_words(found))
    if status >= 300 or found is None:
        raise ToolIsAway
    return found, headers


@contextmanager
def passing_over(external_id: Any) -> Iterator[None]:
    """A case that says what nobody expects is passed over, so that it keeps no other back."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError) as error:  # none of which is ``HelpdeskFails``
        log.error("a case of the helpdesk cannot be read", case=external_id, error=type(error).__name__)


def demand_some(found: Sized, read: Sized) -> None:
    """Raises ``ToolIsAway`` where nothing can be read of all that was found: then it is not the cases."""
    if found and not read:
        raise ToolIsAway


def _clean(found: Any) -> Any:
    """Without what no database holds: half an emoji, where a text was cut within, and zero bytes."""
    match found:
        case str():
            return found if found.isascii() and "\0" not in found else _whole(found)
        case list():
            return [_clean(each) for each in found]
        case dict():
            return {name: _clean(each) for name, each in found.items()}
    return found


def _whole(text: str) -> str:
    return text.replace("\0", "").encode(errors="replace").decode()


def time_there(date: str | None, ours: datetime) -> datetime:
    """The time by a site's clock, as the header ``Date`` of an answer has it, or ours where that is behind."""
    try:
        return min(ours, parsedate_to_datetime(date).astimezone(UTC)) if date else ours
    except ValueError:  # no time at all
        return ours


def _pause(said: str | None, clock: Callable[[], datetime]) -> int:
    """Seconds, whichever of the two forms the header has."""
    if said is None:
        return _PAUSE
    if said.strip().isdigit():
        return min(int(said), _LONGEST_PAUSE)
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return _PAUSE
    left = (until.astimezone(UTC) - clock()).total_seconds()
    return int(min(max(left, 1), _LONGEST_PAUSE))


def _words(found: Any) -> str:
    if isinstance(found, dict):
        for name in ("description", "message", "error"):
            if isinstance(found.get(name), str):
                return str(found[name])[:_WORDS]
        listed = found.get("errorMessages")
        if isinstance(listed, list) and listed:
            return str(listed[0])[:_WORDS]
        named = found.get("errors")
        if isinstance(named, dict) and named:
            return str(next(iter(named.values())))[:_WORDS]
    return ""
