"""A second person publishes what needs one: nothing gets round them, and their card says what became of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.actions.kb_approval import approve
from bot.actions.kb_approval_cards import CARD
from bot.actions.kb_form import discard_draft, edit_form, new_form, save
from bot.actions.kb_keep import archive_article, restore_article
from bot.actions.kb_upkept import load_approval
from bot.actions.settings_change import change_settings
from bot.domain.kb import Kind, State, UnknownArticle, VersionState
from bot.domain.kb_form import Entered
from bot.domain.kb_shown import ArticleShown
from bot.domain.kb_upkeep import NotWaiting
from bot.domain.permissions import OPERATOR
from bot.views.kb_approval import approval_card
from storage.kb import article, version_of
from storage.tables import Message
from tests.connection_desk import ConnectionDesk
from tests.views.test_cases import FORMATS

TEAM = "email,name,role,team,timezone\ncora@example.com,Cora Lind,coordinator,,UTC\n"


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[ConnectionDesk]:
    opened = ConnectionDesk(sqlite_url, tmp_path)
    opened.people(TEAM + "cleo@example.com,Cleo Roth,coordinator,,UTC\n")
    yield opened
    opened.deps.sessions.close()


def writes(desk: ConnectionDesk, kind: Kind, body: str, of: ArticleShown | None = None) -> ArticleShown:
    """Cora writes an article, or edits it, for everybody to read."""
    cora = desk.caller("cora")
    form = edit_form(desk.deps, cora, of.id) if of else new_form(desk.deps, cora)
    rest: tuple[Any, ...] = ("en", None, (), None, None, "", True)
    return save(desk.deps, cora, form.about, Entered(kind, "Refunds", body, *rest))


def card(desk: ConnectionDesk, of: ArticleShown, version: int) -> str:
    """What stands on the card of the second person."""
    with desk.deps.sessions.read("T1") as session:
        row, words = article(session, of.id), version_of(session, of.id, version)
        assert row
        assert words
        return str(approval_card(load_approval(session, row, words), FORMATS))


def test_what_is_read_becomes_no_response_and_a_response_nothing_else(desk: ConnectionDesk) -> None:
    draft = writes(desk, Kind.CANNED, "Dear {{customer}}")
    assert draft.state is State.DRAFT
    assert edit_form(desk.deps, desk.caller("cora"), draft.id).kinds == tuple(Kind)
    approve(desk.deps, desk.caller("cleo"), draft.id, 1)
    assert edit_form(desk.deps, desk.caller("cora"), draft.id).kinds == (Kind.CANNED,)
    shown = writes(desk, Kind.ARTICLE, "Get lost, {{customer}}", draft)
    assert (shown.kind, shown.published, shown.version_state) == (Kind.CANNED, 1, VersionState.WAITING)

    known = writes(desk, Kind.ARTICLE, "Within 30 days.")
    assert Kind.CANNED not in edit_form(desk.deps, desk.caller("cora"), known.id).kinds
    assert writes(desk, Kind.CANNED, "Within 30 days.", known).kind is Kind.ARTICLE
    assert writes(desk, Kind.SOP, "Within 30 days.", known).kind is Kind.SOP
    change_settings(desk.deps, "T1", OPERATOR, "workspace", {"sop_approval": True})
    assert edit_form(desk.deps, desk.caller("cora"), known.id).kinds == (Kind.SOP,)


def test_the_card_says_when_there_is_nothing_to_approve_any_more(desk: ConnectionDesk) -> None:
    first = writes(desk, Kind.CANNED, "Dear {{customer}}")
    assert "Approve" in card(desk, first, 1)
    archive_article(desk.deps, desk.caller("cora"), first.id)
    assert "archived before it was approved" in card(desk, first, 1)
    assert "Approve" not in card(desk, first, 1)
    with pytest.raises(UnknownArticle):
        approve(desk.deps, desk.caller("cleo"), first.id, 1)
    restore_article(desk.deps, desk.caller("cora"), first.id)
    approve(desk.deps, desk.caller("cleo"), first.id, 1)
    again = writes(desk, Kind.CANNED, "Hello {{customer}}", first)
    assert again.version_state is VersionState.WAITING
    told = touched(desk)
    discard_draft(desk.deps, desk.caller("cora"), first.id, 2)
    assert touched(desk) > told
    assert "withdrawn, or replaced by a newer version" in card(desk, first, 2)
    with pytest.raises(NotWaiting):
        approve(desk.deps, desk.caller("cleo"), first.id, 2)


def touched(desk: ConnectionDesk) -> int:
    """How often the second person's cards are to be drawn anew."""
    with desk.deps.sessions.read("T1") as session:
        rows = session.scalars(select(Message.wanted).where(Message.workspace_id == "T1", Message.card == CARD))
        return sum(rows)
