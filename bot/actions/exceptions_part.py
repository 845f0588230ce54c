"""What the card of a case says of its exceptions, with the buttons that ask for another one and for live help."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.actions.cases_named import named
from bot.domain.cases_named import CaseNamed
from bot.domain.exceptions import Kind, Money, State
from bot.views.blocks import Block
from bot.views.exceptions import start_button, waiting_line
from bot.views.formats import Formats
from bot.views.handup import raise_button
from storage.db import WorkspaceSession
from storage.exceptions import exceptions_of_case
from storage.tables import Case


@dataclass(frozen=True, slots=True)
class Waiting:
    """An exception that waits, in short."""

    kind: Kind
    money: Money
    due_at: datetime


def load_part(session: WorkspaceSession, case: Case, _now: datetime) -> tuple[CaseNamed | None, list[Waiting]]:
    """The case, and those of its exceptions that wait for approval."""
    rows = exceptions_of_case(session, case.id, [State.NEEDS_APPROVAL])
    waiting = [Waiting(Kind(row.kind), Money(row.amount_minor, row.currency), row.due_at) for row in rows]
    return named(session, case.id), waiting


def part_lines(part: tuple[CaseNamed | None, list[Waiting]], formats: Formats) -> Sequence[str]:
    """A line for each that waits."""
    return [waiting_line(each.kind, each.money, each.due_at, formats) for each in part[1]]


def part_buttons(part: tuple[CaseNamed | None, list[Waiting]]) -> Sequence[Block]:
    """Asking for another one, and for live help."""
    case = part[0]
    return [start_button(case), raise_button(case)] if case else []
