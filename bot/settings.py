"""Process settings, from the environment and a ``.env`` file in the working directory."""

import base64
import binascii
import re
from enum import StrEnum
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict


class Mode(StrEnum):
    """How Slack reaches the bot."""

    SOCKET = "socket"
    HTTP = "http"


class BadSettings(Exception):
    """Settings are missing or wrong; ``problems`` has a line for each, with its name and what to do."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _token(prefix: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if not value.get_secret_value().startswith(prefix):
            raise ValueError(f"it must start with {prefix}")
        return value

    return AfterValidator(check)


def _ip_address(value: str) -> str:
    try:
        return str(ip_address(value))
    except ValueError:
        raise ValueError("it must be an IP address, such as 127.0.0.1 or 0.0.0.0") from None


def _http_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("it must be an http:// or https:// address")
    return value


def _api_url(value: str) -> str:
    return _http_url(value).rstrip("/") + "/"


def _database_url(value: str) -> str:
    if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://", "postgres://")):
        raise ValueError("it must start with sqlite:/// or postgresql://")
    try:
        _ = urlsplit(value).port
    except ValueError:
        raise ValueError("its port must be a number") from None
    return value


def _command_prefix(value: str) -> str:
    if not re.fullmatch(r"([a-z0-9][a-z0-9_-]{0,15})?", value):
        raise ValueError("it must be at most 16 of a-z, 0-9, - and _, such as cs-")
    return value


def _secret_keys(value: SecretStr) -> SecretStr:
    if any(_key(each) is None for each in value.get_secret_value().split(",")):
        raise ValueError("it must be 32 random bytes in Base64, as “openssl rand -base64 32” prints them")
    return value


def _key(text: str) -> bytes | None:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        return None
    return key if len(key) == _KEY_BYTES else None


class Settings(BaseSettings):
    """What the process was told. Tokens are secrets: they never appear in a log or an error."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True, frozen=True)

    bot_token: Annotated[SecretStr, _token("xoxb-")] | None = Field(None, validation_alias="SLACK_BOT_TOKEN")
    app_token: Annotated[SecretStr, _token("xapp-")] | None = Field(None, validation_alias="SLACK_APP_TOKEN")
    signing_secret: SecretStr | None = Field(None, validation_alias="SLACK_SIGNING_SECRET")
    api_url: Annotated[str, AfterValidator(_api_url)] = Field(
        "https://slack.com/api/", validation_alias="SLACK_API_URL"
    )
    database_url: Annotated[str, AfterValidator(_database_url)] = Field(
        "sqlite:///floorwalker.sqlite3", validation_alias="FLOORWALKER_DATABASE_URL"
    )
    host: Annotated[str, AfterValidator(_ip_address)] | None = Field(None, validation_alias="FLOORWALKER_HOST")
    port: int = Field(3000, ge=1, le=65535, validation_alias="FLOORWALKER_PORT")
    public_url: Annotated[str, AfterValidator(_http_url)] | None = Field(
        None, validation_alias="FLOORWALKER_PUBLIC_URL"
    )
    command_prefix: Annotated[str, AfterValidator(_command_prefix)] = Field(
        "", validation_alias="FLOORWALKER_COMMAND_PREFIX"
    )
    secret_key: Annotated[SecretStr, AfterValidator(_secret_keys)] | None = Field(
        None, validation_alias="FLOORWALKER_SECRET_KEY"
    )

    @property
    def secret_keys(self) -> list[bytes]:
        """What secrets of other tools are sealed with: the first seals, each opens; none, where none is set."""
        texts = self.secret_key.get_secret_value().split(",") if self.secret_key else []
        return [key for text in texts if (key := _key(text))]

    def required_bot_token(self) -> str:
        """The bot token; raises ``BadSettings`` when there is none."""
        if self.bot_token is None:
            raise BadSettings([_LACKING["bot"]])
        return self.bot_token.get_secret_value()

    def mode(self, wanted: Mode | None = None) -> Mode:
        """The wanted mode, or the one that the tokens allow; raises ``BadSettings`` naming what it lacks."""
        lacks = {
            Mode.SOCKET: self.app_token is None,
            Mode.HTTP: self.signing_secret is None,
        }
        problems = [] if self.bot_token else [_LACKING["bot"]]
        if wanted is None and all(lacks.values()):
            problems.append(f"{_LACKING[Mode.SOCKET]} Or, for HTTP mode, {_LACKING[Mode.HTTP]}")
        elif wanted is not None and lacks[wanted]:
            problems.append(_LACKING[wanted])
        if problems:
            raise BadSettings(problems)
        return wanted or (Mode.HTTP if lacks[Mode.SOCKET] else Mode.SOCKET)

    def listens_on(self, mode: Mode) -> str:
        """The address and port to listen on; by Socket Mode nobody has to come in from another machine."""
        host = self.host or (_EVERYWHERE if mode is Mode.HTTP else _HERE)
        return f"{_bracketed(host)}:{self.port}"

    @property
    def own_url(self) -> str:
        """Where this machine finds the bot that serves with these settings."""
        host = self.host or _HERE
        return f"http://{_bracketed({_EVERYWHERE: _HERE, '::': '::1'}.get(host, host))}:{self.port}"


_KEY_BYTES = 32
_HERE, _EVERYWHERE = "127.0.0.1", "0.0.0.0"

_LACKING = {
    "bot": "SLACK_BOT_TOKEN is missing: the app's Bot User OAuth Token, which starts with xoxb-.",
    Mode.SOCKET: "SLACK_APP_TOKEN is missing: an app-level token with connections:write, which starts with xapp-.",
    Mode.HTTP: "SLACK_SIGNING_SECRET is missing: the Signing Secret under Basic Information of the app.",
}


_EXPECTED = {
    "int_parsing": "it must be a whole number",
    "greater_than_equal": "it must be at least {ge}",
    "less_than_equal": "it must be at most {le}",
}


def load_settings() -> Settings:
    """Reads the settings; raises ``BadSettings`` that names every wrong one at once."""
    try:
        return Settings()
    except ValidationError as error:
        problems = [f"{problem['loc'][0]} is wrong: {_sentence(problem)}" for problem in error.errors()]
        raise BadSettings(problems) from None


def _bracketed(address: str) -> str:
    """As it stands before a port."""
    return f"[{address}]" if ":" in address else address


def _sentence(problem: ErrorDetails) -> str:
    """What it must be; where pydantic finds fault itself, in other words than its own."""
    expected = _EXPECTED.get(problem["type"], problem["msg"].removeprefix("Value error, "))
    return f"{expected.format(**problem.get('ctx', {}))}."
