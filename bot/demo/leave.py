"""The leave of the sample team, brought in as its people would."""

from datetime import date, timedelta
from pathlib import Path

from bot.actions.people import Caller, recognise
from bot.actions.timeoff_ask import Asked, ask
from bot.actions.timeoff_decide import approve
from bot.actions.timeoff_import import import_leave
from bot.actions.timeoff_limits_edit import Wanted, save_limit
from bot.connectors.spreadsheets import read_table
from bot.deps import Deps
from bot.domain import timeoff_import
from bot.domain.timeoff_asked import Wish
from bot.domain.timeoff_kinds import PAID
from bot.domain.timeoff_limits import Limit, LimitKind, Policy
from bot.domain.when import When
from bot.sandbox import Sandbox
from bot.sandbox.sample import schedule_start
from bot.sandbox.sample_leave import MOST_AWAY, STOCKTAKING, WISHES, write_leave
from storage.people import teams


def bring_in_leave(sandbox: Sandbox, deps: Deps, workspace_id: str, folder: Path) -> None:
    """Nora imports the balances, Ben says how many may be away, and some ask for time off."""
    today = deps.clock().date()
    nora, ben = (_caller(sandbox, deps, workspace_id, each) for each in ("nora", "ben"))
    file = write_leave(folder, today)
    rows = read_table(file.name, file, timeoff_import.REQUIRED)
    import_leave(deps, workspace_id, nora.actor, rows, files=file.name, dry_run=False)
    for limit in _limits(deps, workspace_id, schedule_start(today)):
        save_limit(deps, ben, Wanted(limit, new=True))
    for wish in WISHES:
        who = _caller(sandbox, deps, workspace_id, wish.handle)
        first, last = (schedule_start(today) + timedelta(days=each) for each in (wish.first, wish.last))
        request_id = ask(deps, who, Asked(deps.new_id(), Wish(PAID, When(first, last))))
        if wish.approved_by:
            approve(deps, _caller(sandbox, deps, workspace_id, wish.approved_by), request_id)


def _limits(deps: Deps, workspace_id: str, start: date) -> list[Limit]:
    """How many of the biggest team may be away at once, and days on which nobody should be."""
    with deps.sessions.read(workspace_id) as session:
        voice = {each.id: each.name for each in teams(session) if each.name == "voice"}
    first, last = (start + timedelta(days=each) for each in STOCKTAKING)
    return [
        Limit(deps.new_id(), LimitKind.CAP, Policy.APPROVAL, teams=voice, most=MOST_AWAY),
        Limit(deps.new_id(), LimitKind.BLACKOUT, Policy.WARN, name="Stocktaking", first=first, last=last),
    ]


def _caller(sandbox: Sandbox, deps: Deps, workspace_id: str, handle: str) -> Caller:
    return recognise(deps, workspace_id, sandbox.user_id(handle))
