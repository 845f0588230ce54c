"""How the person client reaches the sandbox, and how it waits for what is not on the screen yet."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

import requests

from bot.sandbox.state import Json

T = TypeVar("T")

LONGEST_WAIT = 30.0


class Seat:
    """One person's place at the control API. `patience` is in seconds."""

    def __init__(self, url: str, name: str, patience: float) -> None:
        self.url = url
        self.name = name
        self.patience = patience

    def see(self, what: str, **asked: str) -> Json:
        """A part of this person's screen. Raises AssertionError with Slack's words if it is not to be seen."""
        return self._call("GET", f"people/{self.name}/{what}", params=asked)

    def do(self, what: str, asked: Json) -> Json:
        """Raises AssertionError with Slack's words if it is not possible."""
        return self._call("POST", f"people/{self.name}/{what}", json=asked)

    def ids(self) -> dict[str, str]:
        """The ids of "@people" and of the "#channels" this person knows of."""
        people = self._call("GET", "people")["people"]
        ids = {f"@{person['name']}": person["id"] for person in people}
        return ids | {each["name"]: each["id"] for each in self.see("conversations")["conversations"]}

    def download(self, file_id: str) -> bytes:
        """What is in a file. Raises AssertionError if it was not shared with this person."""
        return self._send("GET", f"people/{self.name}/file", params={"id": file_id}).content

    def until(self, look: Callable[[], T]) -> T:
        """What `look` finds; while it raises AssertionError and patience lasts, it looks after every change."""
        deadline = time.monotonic() + self.patience
        version: int | None = None
        while True:
            try:
                return look()
            except AssertionError:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise
            asked = {} if version is None else {"since": version, "seconds": min(left, LONGEST_WAIT)}
            version = self._call("GET", "changes", params=asked)["version"]

    def _call(self, verb: str, path: str, **rest: Any) -> Json:
        answer: Json = self._send(verb, path, **rest).json()
        return answer

    def _send(self, verb: str, path: str, **rest: Any) -> requests.Response:
        response = requests.request(verb, f"{self.url}/sandbox/{path}", timeout=(3, 60), **rest)
        if not response.ok:
            raise AssertionError(_problem(response))
        return response


def _problem(response: requests.Response) -> str:
    """What the control API says against it; a failure of the sandbox itself says nothing in JSON."""
    if response.headers.get("content-type") != "application/json":
        return f"the sandbox failed with {response.status_code}: {response.text}"
    return str(response.json()["error"])
