"""Records of cases that somebody should put right: counted, listed, done, and once a week posted."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.cases_lists import lines_of
from bot.actions.outbox import tell
from bot.actions.people import Caller
from bot.actions.record import record
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.cases_lists import PAGE
from bot.domain.hygiene import Duplicate, What, duplicates
from bot.domain.hygiene_shown import HygienePage, HygieneShown, Suspect
from bot.domain.permissions import CLOCK, Deed
from bot.domain.wallclock import local_date, week_start
from bot.views import hygiene as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.cases import case, cases_by_id
from storage.db import WorkspaceSession
from storage.hygiene import alike, check_of, checked, count_missing, missing
from storage.outbox import message_of_key
from storage.tables import CaseCheck

CARD = "hygiene.week"
_MISSING = (What.TAG, What.OWNER, What.CONTACT)


def register_cards(cards: Cards, deps: Deps) -> None:
    """The post of the week."""
    command = f"/{deps.settings.command_prefix}case check"

    def load(session: WorkspaceSession, _subject: UUID | None) -> HygieneShown:
        return _counts(session, deps.clock())

    def draw(shown: HygieneShown, _audience: str, _formats: Formats, _facts: Facts) -> Message | None:
        return views.hygiene_list(shown, command) if shown.total else None

    cards.register(CARD, load, draw)


def post(deps: Deps, workspace_id: str) -> None:
    """Once a week the coordinators read what there is to put right, on the first day on which anything is.

    So a morning on which nobody posts anything, because all is down, is not the whole week.
    """
    CLOCK.require(Deed.WATCH_CASES)
    now = deps.clock()
    with deps.sessions.read(workspace_id) as session:
        preferred = preferences(session)
        week = week_start(local_date(now, ZoneInfo(preferred.time_zone)), preferred.week_starts)
        keys = {lane: f"{CARD}:{week}:{lane}" for lane in approver_lanes(session, None, (), now)}
        left = {lane: key for lane, key in keys.items() if message_of_key(session, key) is None}
        if not left or not _counts(session, now).total:
            return
    with deps.sessions.write(workspace_id) as session:
        for lane, key in left.items():
            tell(session, deps, to=lane, card=CARD, subject=deps.new_id(), key=key)


def hygiene(deps: Deps, caller: Caller) -> HygieneShown:
    """How much there is to put right. Raises ``NotPermitted``."""
    caller.actor.require(Deed.SEE_CASES)
    with deps.sessions.read(caller.workspace_id) as session:
        return _counts(session, deps.clock())


def hygiene_page(deps: Deps, caller: Caller, what: What, page: int = 0) -> HygienePage:
    """A page of the cases that this seems wrong with, the last where there are no longer so many.

    Raises ``NotPermitted``.
    """
    caller.actor.require(Deed.SEE_CASES)
    now = deps.clock()
    with deps.sessions.read(caller.workspace_id) as session:
        if what is What.DUPLICATE:
            return _page_of_duplicates(session, page)
        total = count_missing(session, what, now)
        page = max(0, min(page, (total - 1) // PAGE))
        rows = missing(session, what, now, page * PAGE, PAGE)
        return HygienePage(what, page, total, tuple(Suspect(each) for each in lines_of(session, rows)))


def done(deps: Deps, caller: Caller, case_id: UUID, what: What) -> None:
    """It is put right, or right as it is: nobody is asked again. Raises ``NotPermitted``."""
    caller.actor.require(Deed.WORK_CASES)
    with deps.sessions.write(caller.workspace_id) as session:
        row = case(session, case_id)
        if row is None or check_of(session, case_id, what):
            return
        session.add(
            CaseCheck(
                workspace_id=session.workspace_id,
                case_id=case_id,
                what=what,
                member_id=caller.actor.member_id,
                done_at=deps.clock(),
            )
        )
        record(
            session, deps, caller.actor, "case.check", ("case", case_id), None, {"what": what.value}, row.number
        )


def _counts(session: WorkspaceSession, now: datetime) -> HygieneShown:
    counts = {what: count_missing(session, what, now) for what in _MISSING}
    return HygieneShown(counts | {What.DUPLICATE: len(_duplicates(session))})


def _page_of_duplicates(session: WorkspaceSession, page: int) -> HygienePage:
    found = _duplicates(session)
    page = max(0, min(page, (len(found) - 1) // PAGE))
    some = found[page * PAGE : (page + 1) * PAGE]
    rows = cases_by_id(session, [each.case.id for each in some])
    lines = lines_of(session, [rows[each.case.id] for each in some])
    suspects = (Suspect(line, each.of.number) for line, each in zip(lines, some, strict=True))
    return HygienePage(What.DUPLICATE, page, len(found), tuple(suspects))


def _duplicates(session: WorkspaceSession) -> list[Duplicate]:
    right = checked(session, What.DUPLICATE)
    return [each for each in duplicates(alike(session)) if each.case.id not in right]
