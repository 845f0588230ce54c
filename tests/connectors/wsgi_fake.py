"""What the servers that play a tool have in common: they note what they are asked, and fail when told to."""

import base64
import json
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIEnvironment


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: ``path`` without its leading slash, ``login`` as Basic authentication or a token says it."""

    method: str
    path: str
    params: dict[str, str]
    body: dict[str, Any]
    login: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered; ``body`` None: nothing at all, a str: as it is."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Fake:
    """A server on this machine: ``asked`` is all that it was asked, ``faults`` what it answers next instead."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.faults: deque[Answer] = deque()

    def answer(self, asked: Asked) -> Answer:
        """What the provider would."""
        raise NotImplementedError

    def requests(self, path: str, method: str = "GET") -> list[Asked]:
        """What was asked of one path."""
        return [each for each in self.asked if (each.path, each.method) == (path, method)]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = _read(environ)
        self.asked.append(asked)
        answer = self.faults.popleft() if self.faults else self.answer(asked)
        body = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
        text = b"" if answer.body is None else body.encode()
        headers = {"Content-Type": "application/json", "Content-Length": str(len(text)), **answer.headers}
        start_response(f"{answer.status} Said", list(headers.items()))
        return [text]


def paged(found: list[Any], asked: Asked, most: int, usual: int) -> tuple[list[Any], bool]:
    """A page of what was found, and whether there is another one."""
    size, page = int(asked.params.get("per_page", usual)), int(asked.params.get("page", 1))
    assert 1 <= size <= most
    return found[(page - 1) * size : page * size], page * size < len(found)


def _read(environ: WSGIEnvironment) -> Asked:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    text = environ["wsgi.input"].read(length) if length else b""
    scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    login = base64.b64decode(token).decode() if scheme == "Basic" else token
    headers = {name: value for name, value in environ.items() if name.startswith("HTTP_")}
    path = environ["PATH_INFO"].lstrip("/")
    params = dict(parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
    return Asked(environ["REQUEST_METHOD"], path, params, json.loads(text) if text else {}, login, headers)
