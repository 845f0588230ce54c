"""What the chase posts beside a department's card, the daily list of a contact, and what a nudge says."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.chase import ASK, LIST, MISSED, UP
from bot.actions.escalations_list import load_open
from bot.actions.nudges import Part
from bot.actions.people import somebody
from bot.domain.chase_shown import DailyList, Open, SaidOf, WentUp, Why
from bot.domain.escalations_shown import Side
from bot.domain.matrix import Rung
from bot.domain.shifts import Somebody
from bot.views import chase as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.chase import escalations_by_id, waiting_for
from storage.db import WorkspaceSession
from storage.outbox import last_facts
from storage.tables import Nudge


def register_cards(cards: Cards) -> None:
    """All of them."""
    cards.register(ASK, _load, _draw_ask)
    cards.register(MISSED, _load, _draw_missed)
    cards.register(UP, _load, _draw_up)
    cards.register(LIST, _load_list, _draw_list)


def load_one(session: WorkspaceSession, escalation_id: UUID) -> Open | None:
    """One as it is listed; None if there is none."""
    rows = list(escalations_by_id(session, [escalation_id]).values())
    return load_open(session, rows)[0] if rows else None


def _load(session: WorkspaceSession, subject: UUID | None) -> Open | None:
    return load_one(session, subject) if subject else None


def _draw_ask(shown: Open, _audience: str, formats: Formats, facts: Facts) -> Message:
    return views.ask(shown, _said(shown, facts), facts.get("by"), formats)


def _draw_missed(shown: Open, audience: str, formats: Formats, facts: Facts) -> Message:
    return views.missed(shown, _said(shown, facts), formats, department=audience.startswith(Side.DEPARTMENT))


def _draw_up(shown: Open, _audience: str, _formats: Formats, facts: Facts) -> Message:
    return views.went_up(_said(shown, facts), Rung(facts["rung"]))


def _said(shown: Open, facts: Facts) -> SaidOf:
    whom, eta = facts["whom"], facts["eta"]
    return SaidOf(
        facts["department"],
        Somebody(UUID(whom[0]), whom[1], whom[2]) if whom else None,
        facts["owned"],
        datetime.fromisoformat(eta) if eta else None,
        facts["hop"] == shown.hop,
    )


def _load_list(session: WorkspaceSession, subject: UUID | None) -> DailyList | None:
    facts = last_facts(session, LIST, subject) if subject else None
    if facts is None:
        return None
    whom = UUID(facts["whom"])
    rows = load_open(session, waiting_for(session, [whom]))
    return DailyList(somebody(session, whom), tuple(sorted(rows, key=lambda each: each.order)))


def _draw_list(shown: DailyList, _audience: str, formats: Formats, facts: Facts) -> Message:
    return views.daily_list(shown, date.fromisoformat(facts["day"]), formats)


def _load_nudges(session: WorkspaceSession, _now: datetime, nudges: Sequence[Nudge]) -> Mapping[UUID, WentUp]:
    rows = escalations_by_id(session, {each.subject_id for each in nudges})
    shown = {each.id: each for each in load_open(session, list(rows.values()))}
    return {each.id: _went_up(shown[each.subject_id], each.data) for each in nudges if each.subject_id in shown}


def _went_up(shown: Open, data: Mapping[str, Any]) -> WentUp:
    """What it was told for, whatever has become of the question since."""
    eta = datetime.fromisoformat(data["eta"]) if data["eta"] else None
    there = shown if data["hop"] == shown.hop else replace(shown, department=data["department"], owner=None)
    return WentUp(there, Why(data["why"]), Rung(data["rung"]), data["misses"], eta)


# What a nudge says of a question that went up.
PART = Part(_load_nudges, views.up_line, views.up_buttons)
