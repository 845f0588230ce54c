"""What is said of helpdesks is within Slack's limits, whatever they are called and whatever stands in them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.actions.connections import offered
from bot.domain.connections import ConnectionShown, ConnectionState, Mirrors, WriteShown, WriteState
from bot.views import connections as views
from bot.views import connections_writes as writes
from bot.views import health
from bot.views.formats import Formats
from tests.views.test_desk_forms import fits
from tests.views.test_shifts import LOCALES, WORST, readable

FORMATS = Formats(ZoneInfo("UTC"))
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
VALUES: dict[str, tuple[Any, Any]] = {
    "state": ("pending", "solved"),
    "owner": (WORST, None),
    "tags": ([WORST] * 20, []),
    "note": (None, None),
}
KINDS = [each.kind for each in offered()]


def write(field: str, state: WriteState, error: str | None = None) -> WriteShown:
    wanted, found = VALUES[field]
    url = "https://acme.zendesk.com/agent/tickets/1"
    return WriteShown(
        UUID(int=1), "Zendesk", 12, "35436", WORST * 5, url, field, state, WORST, wanted, found, WORST, error
    )


def connection(kind: str, state: ConnectionState, error: str | None = None) -> ConnectionShown:
    return ConnectionShown(kind, "Zendesk", "acme.zendesk.com", state, NOON, None if error else NOON, 3, 2, error)


@pytest.mark.parametrize("field", VALUES)
@pytest.mark.parametrize("state", WriteState)
def test_a_write_can_be_shown_in_every_state_and_only_a_conflict_is_to_be_decided(
    field: str, state: WriteState
) -> None:
    for error in (None, "refused", "gone", "no account there", "disconnected"):
        card = writes.write_card(write(field, state, error))
        readable(card)
        asks = any(block["type"] == "actions" for block in card["blocks"])
        assert asks is (state is WriteState.CONFLICT)
    lines = writes.part_lines([write(field, state), write("state", WriteState.WAITING)])
    assert all(len(line) < 3000 for line in lines)
    assert lines[-1] == f"Still to be written to Zendesk: {said(field, state)}the state"


def said(field: str, state: WriteState) -> str:
    waits = state is WriteState.WAITING and field != "state"
    return f"the {field}, " if waits else ""


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("state", ConnectionState)
def test_the_overview_shows_every_connection_and_offers_the_rest(locale: str, state: ConnectionState) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    for error in (None, "away", "too many requests", "sign-in failed", "wrong key"):
        for there in ([], KINDS[:1], KINDS):
            shown = [connection(kind, state, error) for kind in there]
            message = views.overview("", shown, offered(), formats)
            readable(message)
            every = [each for block in message["blocks"] for each in block.get("elements", ())]
            labels = [each["text"]["text"] for each in every if each["type"] == "button"]
            assert len([each for each in labels if each.startswith("Connect ")]) == len(KINDS) - len(there)


def test_every_form_asks_for_what_signing_in_takes_and_shows_nothing_of_it() -> None:
    for each in offered():
        fits(views.connect_form(each, "acme"))
        for message in (
            views.checking(each.name),
            views.connected(each, "acme.example.com", WORST),
            views.sign_in_failed(each),
            views.away(each),
            views.other_account(each, "acme.example.com"),
            views.no_key("cs-"),
            views.parted(each.name),
            views.not_connected("cs-"),
            views.signed_out("cs-", each.name, each.mirrors),
            writes.settled_already(),
            writes.over(),
        ):
            readable(message)


def test_a_knowledge_base_that_shows_nothing_says_where_to_look() -> None:
    tools = {each.kind: each for each in offered()}
    assert "A key is what stands behind /spaces/" in views.sign_in_failed(tools["confluence"])["text"]
    assert "open the topmost of them, then ••• and Connections" in views.sign_in_failed(tools["notion"])["text"]
    lost = replace(connection("notion", ConnectionState.GOOD, "gone"), mirrors=Mirrors.ARTICLES)
    assert "it shows me none of its pages any more" in str(views.overview("", [lost], offered(), FORMATS))


def test_health_says_what_is_wrong_with_helpdesks_and_what_to_do() -> None:
    good = connection("zendesk", ConnectionState.GOOD)
    out = connection("zendesk", ConnectionState.SIGN_IN_FAILED, "sign-in failed")
    wrong = connection("zendesk", ConnectionState.GOOD, "wrong key")
    late = {"zendesk": timedelta(hours=2)}
    checks = {
        "none": health.helpdesks([], {}, "", keyless=True),
        "good": health.helpdesks([good], {}, "", keyless=False),
        "keyless": health.helpdesks([good], {}, "", keyless=True),
        "wrong": health.helpdesks([wrong], {}, "", keyless=False),
        "out": health.helpdesks([out], {}, "cs-", keyless=False),
        "late": health.helpdesks([connection("zendesk", ConnectionState.GOOD, "away")], late, "", keyless=False),
    }
    assert {name: each.ok for name, each in checks.items()} == {
        "none": True,
        "good": None,  # two conflicts
        "keyless": False,
        "wrong": False,
        "out": False,
        "late": False,
    }
    assert "sign in with /cs-floor connect" in checks["out"].advice
    assert "FLOORWALKER_SECRET_KEY" in checks["keyless"].advice == checks["wrong"].advice
    found = checks["late"].found.replace("\N{NO-BREAK SPACE}", " ")
    assert found == "Zendesk behind for 2 h, 3 to be written, 2 in conflict"
