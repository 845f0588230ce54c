"""Looks up what somebody has of leave on a day, and how it came to that."""

from datetime import date, timedelta
from uuid import UUID

from bot.actions.looks import note_look
from bot.actions.people import Caller, find_person, somebody
from bot.actions.timeoff import Ledgers, ledgers_of, store
from bot.deps import Deps
from bot.domain.permissions import Deed
from bot.domain.timeoff_accrual import after_months
from bot.domain.timeoff_due import due, expiring
from bot.domain.timeoff_pools import holidays_id
from bot.domain.timeoff_shown import MOST_YEARS, BalanceShown, LedgerShown, TooFarAhead
from bot.domain.timeoff_statement import statement
from storage.db import WorkspaceSession
from storage.tables import Member
from storage.timeoff import reasons

READ = "timeoff.read"


def balance_of(deps: Deps, caller: Caller, slack_id: str | None, on: date | None = None) -> BalanceShown:
    """What the caller or, with an account, a colleague has on a day, None: today; their looking is noted.

    Whatever is due by today is written with it. Raises ``UnknownPerson``, ``NotPermitted``, ``TooFarAhead``.
    """
    member = find_person(deps, caller.workspace_id, slack_id or caller.slack_id)
    caller.actor.require(Deed.SEE_BALANCE, of=member.id, team=member.team_id)
    if member.id != caller.actor.member_id:
        note_look(deps, caller, READ, member.id)
    with deps.sessions.read(caller.workspace_id) as session:
        ledgers = ledgers_of(session, deps, [member])[member.id]
        if ledgers.are_stored:
            return _shown(session, deps, caller, member, ledgers, on)
    with deps.sessions.write(caller.workspace_id) as session:
        ledgers = ledgers_of(session, deps, [member])[member.id]
        store(session, deps, ledgers)
        return _shown(session, deps, caller, member, ledgers, on)


def _shown(
    session: WorkspaceSession, deps: Deps, caller: Caller, member: Member, ledgers: Ledgers, on: date | None
) -> BalanceShown:
    day = ledgers.today if on is None else on
    if day > after_months(ledgers.today, 12 * MOST_YEARS):
        raise TooFarAhead
    said = {(lot, at, minutes): text for lot, at, minutes, text in reasons(session, [member.id]) if text}
    kept = [name for name in ledgers.names if ledgers.books[name].lots]
    return BalanceShown(
        whose=somebody(session, member.id),
        is_own=member.id == caller.actor.member_id,
        today=ledgers.today,
        on=day,
        day_minutes=ledgers.day_minutes(day),
        ledgers=tuple(_ledger(deps, ledgers, name, day, said) for name in kept),
        may_adjust=caller.actor.may(Deed.ADJUST_BALANCE) and member.id != caller.actor.member_id,
    )


def _ledger(
    deps: Deps, ledgers: Ledgers, name: str, on: date, said: dict[tuple[UUID, date, int], str]
) -> LedgerShown:
    book, plan, today = ledgers.books[name], ledgers.plan(name, ledgers.books[name]), ledgers.today
    coming = due(book, plan, today, on, deps.new_id)
    until = max(on, today) + timedelta(days=ledgers.terms.told_ahead)
    return LedgerShown(
        name,
        statement(coming, on, ledgers.terms.year_of(on).first),
        {each.id: each for each in coming.lots},
        tuple(each for each in expiring(book, plan, today, until, deps.new_id) if each.last >= on),
        said,
        holidays_id(ledgers.member_id),
    )
