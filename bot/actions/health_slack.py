"""Looks at what Slack says of the token, the app and the channels."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.connectors.addresses import mode_at
from bot.connectors.tokens import refusal, try_app_token, word_of
from bot.deps import Clock, Deps
from bot.domain.health import Check
from bot.settings import Mode
from bot.views import health as words

_AWAY = "Slack does not answer"
_APP_TOKEN_SECONDS = 2
# Slack refuses what is signed five minutes off; the header of an answer tells whole seconds.
_MOST_OFF = timedelta(minutes=1)


def slack_checks(deps: Deps, real_time: Clock) -> Iterator[Check]:
    """The token, what the app may do, how Slack reaches it, and whose clock is right."""
    try:
        answer = deps.slack.auth_test()
        said_at = real_time()
    except (SlackClientError, OSError, HTTPException) as error:
        refused = refusal(error)
        yield words.token_refused(refused) if refused else words.slack_away(words.TOKEN, _word(error))
        because = "Slack refuses the token" if refused else _AWAY
        yield words.not_looked_at(words.SCOPES, because)
        yield _connection(deps)
        yield words.not_looked_at(words.CLOCK, because)
        return
    headers = {name.lower(): value for name, value in answer.headers.items()}
    yield words.token_good(answer["team"], answer["user"])
    yield _scopes(deps, headers)
    yield _connection(deps)
    yield _clock(headers, said_at)


def check_channel(deps: Deps, name: str, key: str, channel_id: str | None) -> Check:
    """Whether the bot can post in the channel of a setting."""
    prefix = deps.settings.command_prefix
    if channel_id is None:
        return words.channel_unset(name, key, prefix)
    try:
        found: dict[str, Any] = deps.slack.conversations_info(channel=channel_id)["channel"]
    except SlackApiError as error:
        return words.channel_hidden(name, key, prefix, word_of(error))
    except (SlackClientError, OSError, HTTPException):
        return words.not_looked_at(name, _AWAY)
    archived, member = bool(found.get("is_archived")), bool(found.get("is_member"))
    return words.channel(name, key, prefix, f"#{found['name']}", archived=archived, member=member)


def _scopes(deps: Deps, headers: Mapping[str, str]) -> Check:
    granted = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",")}
    missing = {scope: feature for scope, feature in deps.scopes.items() if scope not in granted}
    return words.scopes(missing, unknown="x-oauth-scopes" not in headers)


def _connection(deps: Deps) -> Check:
    """The way in which the bot is served; while it is not, those that its tokens allow."""
    settings = deps.settings
    token, secret = settings.app_token, settings.signing_secret
    if token is None and secret is None:
        return words.connection_lacking()
    served = mode_at(settings.own_url)
    if token is None or served is Mode.HTTP:
        return words.connection_http(served=served is Mode.HTTP)
    to_choose = secret is not None and served is None
    try:
        try_app_token(token.get_secret_value(), settings.api_url, _APP_TOKEN_SECONDS)
    except (SlackClientError, OSError, HTTPException) as error:
        refused = refusal(error)
        if refused is None:
            return words.slack_away(words.CONNECTION, _word(error))
        return words.connection_refused(refused, to_choose=to_choose)
    return words.connection_socket(to_choose=to_choose)


def _clock(headers: Mapping[str, str], now: datetime) -> Check:
    said = headers.get("date")
    return words.clock(now - parsedate_to_datetime(said) if said else None, _MOST_OFF)


def _word(error: Exception) -> str:
    return word_of(error) if isinstance(error, SlackApiError) else type(error).__name__
