from pathlib import Path

import pytest

from bot.settings import BadSettings, Mode, Settings, load_settings

BOT = {"SLACK_BOT_TOKEN": "xoxb-1"}
SOCKET = {"SLACK_APP_TOKEN": "xapp-1"}
HTTP = {"SLACK_SIGNING_SECRET": "secret"}


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment without settings, in an empty directory."""
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.validation_alias), raising=False)
    monkeypatch.chdir(tmp_path)


def load(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Settings:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return load_settings()


def problems(monkeypatch: pytest.MonkeyPatch, **environment: str) -> list[str]:
    with pytest.raises(BadSettings) as refusal:
        load(monkeypatch, **environment)
    return refusal.value.problems


def test_without_any_setting_the_rest_is_as_usual() -> None:
    settings = load_settings()
    assert settings.api_url == "https://slack.com/api/"
    assert settings.database_url == "sqlite:///floorwalker.sqlite3"
    assert (settings.port, settings.command_prefix, settings.public_url) == (3000, "", None)
    assert settings.host is None
    assert (settings.bot_token, settings.app_token, settings.signing_secret) == (None,) * 3


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(
        monkeypatch,
        **BOT,
        **SOCKET,
        **HTTP,
        SLACK_API_URL="http://127.0.0.1:8123/api",
        FLOORWALKER_DATABASE_URL="postgresql://floor@db/walker",
        FLOORWALKER_PORT="8080",
        FLOORWALKER_PUBLIC_URL="https://floor.example.com",
        FLOORWALKER_COMMAND_PREFIX="cs-",
    )
    assert settings.required_bot_token() == "xoxb-1"
    assert settings.api_url == "http://127.0.0.1:8123/api/"
    assert settings.database_url == "postgresql://floor@db/walker"
    assert (settings.port, settings.public_url) == (8080, "https://floor.example.com")
    assert settings.command_prefix == "cs-"


def test_settings_come_from_a_file_and_the_environment_goes_before_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-file\nFLOORWALKER_PORT=4000\nSOMETHING_ELSE=1\n")
    settings = load(monkeypatch, FLOORWALKER_PORT="5000")
    assert (settings.required_bot_token(), settings.port) == ("xoxb-file", 5000)


def test_an_empty_value_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(monkeypatch, SLACK_APP_TOKEN="", FLOORWALKER_PORT="", FLOORWALKER_COMMAND_PREFIX="")
    assert (settings.app_token, settings.port) == (None, 3000)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SLACK_BOT_TOKEN", "xapp-1", "it must start with xoxb-."),
        ("SLACK_APP_TOKEN", "xoxb-1", "it must start with xapp-."),
        ("SLACK_API_URL", "slack.com/api", "it must be an http:// or https:// address."),
        ("FLOORWALKER_PUBLIC_URL", "floor.example.com", "it must be an http:// or https:// address."),
        ("FLOORWALKER_DATABASE_URL", "mysql://db", "it must start with sqlite:/// or postgresql://."),
        ("FLOORWALKER_DATABASE_URL", "postgresql://u@db:port/x", "its port must be a number."),
        ("FLOORWALKER_HOST", "floor.example.com", "it must be an IP address, such as 127.0.0.1 or 0.0.0.0."),
        ("FLOORWALKER_PORT", "many", "it must be a whole number."),
        ("FLOORWALKER_PORT", "0", "it must be at least 1."),
        ("FLOORWALKER_PORT", "65536", "it must be at most 65535."),
        ("FLOORWALKER_COMMAND_PREFIX", "CS", "it must be at most 16 of a-z, 0-9, - and _, such as cs-."),
        ("FLOORWALKER_COMMAND_PREFIX", "a" * 17, "it must be at most 16 of a-z, 0-9, - and _, such as cs-."),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_must_be(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    assert problems(monkeypatch, **{name: value}) == [f"{name} is wrong: {reason}"]


def test_every_wrong_setting_is_named_at_once_and_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    found = problems(
        monkeypatch,
        SLACK_BOT_TOKEN="hunter2",
        FLOORWALKER_PORT="many",
        SLACK_APP_TOKEN="hunter2",
        FLOORWALKER_DATABASE_URL="postgresql://floor:hunter2@db:hunter2/walker",
    )
    assert [line.split()[0] for line in found] == [
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "FLOORWALKER_DATABASE_URL",
        "FLOORWALKER_PORT",
    ]
    assert "hunter2" not in "\n".join(found)


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(monkeypatch, **BOT, **SOCKET, **HTTP)
    assert not [secret for secret in ("xoxb-1", "xapp-1", "'secret'") if secret in repr(settings)]


@pytest.mark.parametrize(
    ("environment", "wanted", "mode"),
    [
        (BOT | SOCKET, None, Mode.SOCKET),
        (BOT | HTTP, None, Mode.HTTP),
        (BOT | SOCKET | HTTP, None, Mode.SOCKET),
        (BOT | SOCKET | HTTP, Mode.HTTP, Mode.HTTP),
    ],
)
def test_the_tokens_decide_the_mode_unless_it_is_said(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], wanted: Mode | None, mode: Mode
) -> None:
    assert load(monkeypatch, **environment).mode(wanted) is mode


@pytest.mark.parametrize(
    ("environment", "wanted", "lacking"),
    [
        ({}, None, ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]),
        (SOCKET, None, ["SLACK_BOT_TOKEN"]),
        (BOT, None, ["SLACK_APP_TOKEN"]),
        (BOT | HTTP, Mode.SOCKET, ["SLACK_APP_TOKEN"]),
        (BOT | SOCKET, Mode.HTTP, ["SLACK_SIGNING_SECRET"]),
    ],
)
def test_what_a_mode_lacks_is_named(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], wanted: Mode | None, lacking: list[str]
) -> None:
    settings = load(monkeypatch, **environment)
    with pytest.raises(BadSettings) as refusal:
        settings.mode(wanted)
    assert [line.split()[0] for line in refusal.value.problems] == lacking


@pytest.mark.parametrize(
    ("host", "socket", "http", "found_at"),
    [
        ("", "127.0.0.1:3000", "0.0.0.0:3000", "http://127.0.0.1:3000"),
        ("0.0.0.0", "0.0.0.0:3000", "0.0.0.0:3000", "http://127.0.0.1:3000"),
        ("10.1.2.3", "10.1.2.3:3000", "10.1.2.3:3000", "http://10.1.2.3:3000"),
        ("::", "[::]:3000", "[::]:3000", "http://[::1]:3000"),
    ],
)
def test_by_socket_mode_nobody_comes_in_from_another_machine_unless_it_is_said(
    monkeypatch: pytest.MonkeyPatch, host: str, socket: str, http: str, found_at: str
) -> None:
    settings = load(monkeypatch, FLOORWALKER_HOST=host)
    assert (settings.listens_on(Mode.SOCKET), settings.listens_on(Mode.HTTP)) == (socket, http)
    assert settings.own_url == found_at


def test_the_secret_key_is_32_bytes_in_base64_and_several_are_kept_in_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert load_settings().secret_keys == []
    settings = load(monkeypatch, FLOORWALKER_SECRET_KEY=f"{'A' * 43}=, {'B' * 43}=")
    assert [len(key) for key in settings.secret_keys] == [32, 32]
    assert settings.secret_keys[0] == bytes(32)
    assert "AAAA" not in repr(settings)


@pytest.mark.parametrize("key", ["secret", "AAAA", f"{'A' * 43}=,", "not base64!"])
def test_a_key_that_is_none_is_named_but_not_shown(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    assert problems(monkeypatch, FLOORWALKER_SECRET_KEY=key) == [
        "FLOORWALKER_SECRET_KEY is wrong: it must be 32 random bytes in Base64, as “openssl rand -base64 32” "
        "prints them."
    ]
