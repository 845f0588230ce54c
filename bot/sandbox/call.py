"""One Web API call: its arguments, from wherever they stood in the request."""

import json
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from bot.sandbox.errors import SlackError
from bot.sandbox.state import Json

STRUCTURED = {
    "attachments": "invalid_attachments",
    "blocks": "invalid_blocks_format",
    "files": "invalid_arguments",
    "metadata": "invalid_metadata_format",
    "view": "invalid_arguments",
}


@dataclass(frozen=True, slots=True)
class Call:
    """The arguments of a call; structured ones are parsed already."""

    method: str
    args: Json

    def text(self, name: str, default: str = "") -> str:
        """An argument as text; `default` where it is absent or null."""
        value = self.args.get(name)
        return default if value is None else str(value)

    def flag(self, name: str) -> bool:
        """Whether an argument says yes, as JSON or as text; what is absent says no."""
        return self.text(name).lower() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        """Raises SlackError if it is not a number."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            message = f"[ERROR] must be of type: integer [json-pointer:/{name}]"
            raise SlackError("invalid_arguments", (message,)) from None

    def words(self, name: str) -> list[str]:
        """A comma-separated argument, or a list."""
        value = self.args.get(name)
        if isinstance(value, list):
            return [str(part) for part in value]
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def has(self, name: str) -> bool:
        """Whether an argument is there and neither null nor empty text. An empty list counts."""
        return self.args.get(name) not in (None, "")


async def read_call(method: str, request: Request) -> tuple[Call, str]:
    """The call and its token ("" if there is none). Raises SlackError for a body that cannot be read."""
    args: Json = {**request.query_params, **await _body(request)}
    header = request.headers.get("authorization", "")
    token = header.removeprefix("Bearer ").strip() if header.startswith("Bearer ") else ""
    in_body = str(args.pop("token", ""))
    for name, error in STRUCTURED.items():
        if isinstance(args.get(name), str) and args[name]:
            args[name] = _parsed(args[name], name, error)
    return Call(method, args), token or in_body


async def _body(request: Request) -> Json:
    content_type = request.headers.get("content-type", "")
    if request.method == "GET" or not content_type:
        return {}
    if content_type.startswith("application/json"):
        try:
            body = json.loads(await request.body() or b"{}")
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(body, dict):
            raise SlackError("json_not_object")
        return body
    if content_type.startswith(("application/x-www-form-urlencoded", "multipart/form-data")):
        async with request.form() as form:
            return {name: value for name, value in form.items() if isinstance(value, str)}
    raise SlackError("invalid_post_type")


def _parsed(value: str, name: str, error: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        message = f"[ERROR] failed to match all allowed schemas [json-pointer:/{name}]"
        raise SlackError(error, (message,)) from None
