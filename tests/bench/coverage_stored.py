"""The same four weeks from what is stored: shifts, breaks and forecasts are read, and gaps are found.

The yardstick is the reckoning alone, over what was read. What it does that one of them is away for a day is looked
up for a card beside who can step in, and must not take longer than that; four weeks are for a request for leave.
"""

import tempfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

from slack_sdk import WebClient

from bot.actions.coverage import coverage_of
from bot.actions.coverage_effect import effect_of
from bot.actions.coverage_gaps import look
from bot.actions.coverage_there import Crew
from bot.actions.unowned import who_could
from bot.connectors.slack import Account
from bot.deps import Deps, new_id
from bot.domain.coverage import stretches
from bot.domain.coverage_gaps import gaps
from bot.domain.intervals import Interval
from bot.settings import Settings
from storage.db import Sessions, open_engine
from storage.migrate import upgrade
from storage.people import members
from storage.shifts import queues
from tests.actions.desk import Desk
from tests.bench.report import say, timed
from tests.coverage_desk import Planner, weeks_of

PEOPLE, DAYS, ROUNDS = 150, 28, 5
_NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
_QUEUES = ("billing", "chat", "mail", "returns", "voice")


def run() -> None:
    """Prints the row; the best of several rounds is taken."""
    within = Interval(_NOW, _NOW + timedelta(days=DAYS))
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/bench.sqlite3")
        upgrade(engine)
        deps = Deps(Settings(), Sessions(engine), WebClient(), lambda: _NOW, new_id)
        _bring_in(deps, Path(folder))
        with deps.sessions.read("T1") as session:
            whole = min(timed(partial(coverage_of, session, within)) for _ in range(ROUNDS))
            required = [each for of in coverage_of(session, within).needs for each in of.requirements]
            people = Crew(session, [each.post for each in required], within).presences()
            alone = min(timed(lambda: gaps(stretches(people, required))) for _ in range(ROUNDS))
            one, day = members(session)[0].id, Interval(_NOW + timedelta(days=1), _NOW + timedelta(days=2))
            effect, leave = (
                min(timed(partial(effect_of, session, {one: [gone]})) for _ in range(ROUNDS))
                for gone in (day, within)
            )
            hole = Interval(day.start, day.start + timedelta(hours=8))
            able = partial(who_could, session, hole, queues(session)[0], _NOW)
            ranking = min(timed(able) for _ in range(ROUNDS))
        first = timed(partial(look, deps, "T1"))
        again = min(timed(partial(look, deps, "T1")) for _ in range(ROUNDS))
        deps.sessions.close()
    what = f"coverage, {PEOPLE} people, {DAYS} days, from SQLite"
    job = f"the job that looks ahead for gaps, {PEOPLE} people, 7 days"
    say(job, f"{again:.0f} ms", f"{first:.0f} ms the first time, when it tells", first / again, "none")
    say(what, f"{whole:.0f} ms", f"{alone:.0f} ms for the reckoning alone", whole / alone, "none")
    said = f"{ranking:.0f} ms for who can step in"
    say("  that one is away for a day", f"{effect:.0f} ms", said, effect / ranking, "≤ 1")
    say("  that one is away for four weeks", f"{leave:.0f} ms", said, leave / ranking, "none")


def _bring_in(deps: Deps, folder: Path) -> None:
    desk, random = Desk(deps, folder), Random(20261102)
    planner = Planner(deps, desk.workspace_id, folder)
    names = [f"agent{number:03}" for number in range(PEOPLE)]
    skills = (";".join(random.sample(_QUEUES, random.choice([1, 1, 2, 3]))) for _ in names)
    people = [f"{name}@example.com,{name},agent,{each}" for name, each in zip(names, skills, strict=True)]
    accounts = [_account(number, name) for number, name in enumerate(names)]
    desk.people("\n".join(["email,name,role,skills", *people]), accounts)
    days = [_NOW.date() + timedelta(days=number) for number in range(DAYS)]
    shifts, breaks = [], []
    for name in names:
        start, off = random.choice([6, 7, 8, 9, 10, 12, 14]), random.randrange(7)
        for day in days:
            if (day.weekday() + off) % 7 < 5:
                shifts.append(f"{name}@example.com,{day},{start:02}:00,{start + 8:02}:00,Europe/Berlin,")
                breaks.append(f"{name}@example.com,{day},{start + 4:02}:00,{start + 4:02}:30,break,Europe/Berlin")
    desk.shifts(*shifts)
    planner.activities(*breaks)
    planner.volume(*(line for queue in _QUEUES for line in weeks_of(queue, _NOW.date(), 9, 60)))


def _account(number: int, name: str) -> Account:
    email, zone = f"{name}@example.com", "Europe/Berlin"
    return Account(f"U0{number:05}", name, email, zone, "T1", deleted=False, guest=False, bot=False, updated=0)


if __name__ == "__main__":
    run()
