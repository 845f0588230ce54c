"""How somebody is told that they cannot be served, by kind of what they did."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.sandbox.blocks import check_view
from bot.settings import Mode
from tests.workplace import Workplace, opened

TITLE = {"type": "plain_text", "text": "Time off"}


@pytest.fixture
def work(sqlite_url: str, tmp_path: Path) -> Iterator[Workplace]:
    """Zoe is in Slack and not on the roster."""
    with capture_logs(), opened(sqlite_url, Mode.HTTP, tmp_path) as work:
        work.people()
        work.sandbox.invite("zoe", real_name="Zoe Quinn")
        yield work


def by_zoe(work: Workplace, kind: str, **fields: Any) -> dict[str, Any]:
    """An interaction of hers."""
    user = {"id": work.sandbox.user_id("zoe"), "team_id": work.sandbox.team_id}
    return {"type": kind, "user": user, "team": {"id": work.sandbox.team_id}, **fields}


def test_a_form_is_replaced_by_the_reason(work: Workplace) -> None:
    view = {"type": "modal", "title": TITLE, "callback_id": "timeoff.form", "state": {"values": {}}}
    answer = work.interacts(by_zoe(work, "view_submission", view=view)).json()
    assert answer["response_action"] == "update"
    assert answer["view"]["title"] == TITLE
    assert check_view(answer["view"]) is None
    assert "You are not on the roster yet" in str(answer["view"]["blocks"])


def test_a_menu_that_searches_finds_nothing(work: Workplace) -> None:
    asked = by_zoe(work, "block_suggestion", action_id="people", block_id="people", value="an")
    assert work.interacts(asked).json() == {"options": []}


def test_a_button_that_stands_in_no_message_is_answered_directly(work: Workplace) -> None:
    pressed = by_zoe(
        work, "block_actions", actions=[{"type": "button", "action_id": "home.swap", "block_id": "b"}]
    )
    assert work.interacts(pressed).status_code == 200
    assert work.person("zoe").last("@floorwalker").text.startswith("You are not on the roster yet")


def test_a_form_that_is_closed_is_not_talked_about(work: Workplace) -> None:
    view = {"type": "modal", "title": TITLE, "callback_id": "timeoff.form"}
    assert work.interacts(by_zoe(work, "view_closed", view=view)).status_code == 200
    assert work.person("zoe").sees("@floorwalker") == []


def test_every_line_of_a_refusal_is_for_her_only(work: Workplace) -> None:
    assert work.asks("zoe", "/shifts").only_you
    assert work.person("ana").sees() == []
