"""Slack's word on tokens: which answers mean that one will never do."""

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

# Of these a retry makes nothing better: somebody has to mend the token, the app or the account behind it.
_FOR_GOOD = frozenset(
    {
        "access_denied",
        "account_inactive",
        "app_not_found",
        "app_uninstalled",
        "ekm_access_denied",
        "enterprise_is_restricted",
        "forbidden_team",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)


def word_of(error: SlackApiError) -> str:
    """Slack's own word for an error; what answers at a wrong address has none."""
    answer = error.response.data if isinstance(error.response.data, dict) else {}
    word = str(answer.get("error", f"HTTP {error.response.status_code}"))
    return word if len(word) <= 40 else "the answer is not one of Slack's"


def refusal(error: Exception) -> str | None:
    """Slack's word where the token will never do; None for whatever may pass."""
    word = word_of(error) if isinstance(error, SlackApiError) else None
    return word if word in _FOR_GOOD else None


def try_app_token(app_token: str, api_url: str, seconds: int) -> None:
    """Asks Slack for a Socket Mode connection, and does not open it; raises what ``WebClient`` does."""
    slack = WebClient(token=app_token, base_url=api_url, timeout=seconds)
    slack.apps_connections_open(app_token=app_token)
