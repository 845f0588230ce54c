"""What happens to a case answers what people were told about it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from bot.actions.nudges import close, nudge
from bot.actions.nudges_sla import holds
from bot.deps import Deps
from bot.domain.cases import Happening
from bot.domain.cases import Kind as What
from bot.domain.nudges import Ended, Kind, answers_the_told, ended_by
from storage.db import WorkspaceSession
from storage.nudges import open_about, told_about
from storage.sla import clock_rows
from storage.tables import Case, CaseClock, Nudge


def follow(session: WorkspaceSession, deps: Deps, case: Case, happened: Iterable[Happening]) -> None:
    """Ends the nudges about a case that this answers; whoever put it off hears of it again then."""
    every = [(each, how) for each in happened if (how := ended_by(each))]
    if not every:
        return
    rows, clocks = open_about(session, case.id, Kind.SLA), clock_rows(session, [case.id]).get(case.id, {})
    for each, how in every:
        close(session, deps, [row for row in rows if _answers(each, how, row, case, clocks)], how)
        rows = [row for row in rows if row.ended_at is None]
        if each.kind is What.OWNER:
            close(session, deps, open_about(session, case.id, Kind.STUCK), Ended.SEEN)
        elif how is Ended.SNOOZED:
            _again(session, deps, case, datetime.fromisoformat(each.data["until"]))


def overtaken(session: WorkspaceSession, deps: Deps, cases: Mapping[UUID, Case]) -> None:
    """The deadlines of these cases may be others now: what was told of those before is none any more."""
    clocks = clock_rows(session, cases)
    told = told_about(session, cases, Kind.SLA)
    gone = [row for row in told if not holds(row, cases[row.subject_id], clocks.get(row.subject_id, {}))]
    close(session, deps, gone, Ended.OVERTAKEN)


def _answers(happening: Happening, how: Ended, row: Nudge, case: Case, clocks: Mapping[str, CaseClock]) -> bool:
    """What nobody was told of yet is looked at anew before anybody is, unless somebody is at the case."""
    if how is Ended.OVERTAKEN:
        return row.told_at is not None and not holds(row, case, clocks)
    if row.told_at is not None or not answers_the_told(happening):
        return True
    # Whoever has it now has put nothing off.
    return happening.kind is What.OWNER and bool(row.data.get("snoozed"))


def _again(session: WorkspaceSession, deps: Deps, case: Case, until: datetime) -> None:
    key = f"{Kind.SLA}:{case.id}:snoozed:{until.isoformat()}"
    nudge(session, deps, case.owner_id, Kind.SLA, case.id, key, {"snoozed": True}, not_before=until)
