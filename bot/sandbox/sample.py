"""A support team to play with: its people, its channels and its schedule."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.sandbox.server import Sandbox

PEOPLE_COLUMNS = "email,name,slack_id,role,team,skills,timezone,weekly_hours,capacity,hired_on,limits"
SHIFT_COLUMNS = "email,date,start,end,timezone,queue,note"
WEEKS = 6
BERLIN, LISBON, MANILA = "Europe/Berlin", "Europe/Lisbon", "Asia/Manila"


@dataclass(frozen=True, slots=True)
class Week:
    """What somebody works in a week: on which weekdays (Monday is 0), wall-clock hours, queue."""

    weekdays: str
    start: str
    end: str
    queue: str


def _early(weekdays: str, queue: str) -> Week:
    return Week(weekdays, "07:00", "15:00", queue)


def _late(weekdays: str, queue: str) -> Week:
    return Week(weekdays, "13:00", "21:00", queue)


def _night(weekdays: str, queue: str) -> Week:
    return Week(weekdays, "22:00", "06:00", queue)


def _in_turns(queue: str, first: str, second: str) -> tuple[Week, Week]:
    """Early in one week and late in the next."""
    return _early(first, queue), _late(second, queue)


def _other_turns(queue: str, first: str, second: str) -> tuple[Week, Week]:
    """Late in one week and early in the next."""
    return _late(first, queue), _early(second, queue)


@dataclass(frozen=True, slots=True)
class Worker:
    """One of the team, as the spreadsheet of people describes them.

    ``weeks`` are worked in turns, the first one in the week of the schedule's start. ``away`` are the days of the
    schedule, counted from its start, on which they are on leave; ``joins`` is the day on which a new colleague
    starts.
    """

    handle: str
    name: str
    role: str
    team: str
    skills: str = ""
    weeks: tuple[Week, ...] = ()
    timezone: str = BERLIN
    weekly_hours: int = 40
    capacity: float = 1
    hired_on: str = "2021-05-03"
    limits: str = ""
    away: range = range(0)
    joins: int | None = None

    @property
    def email(self) -> str:
        """The address by which the workspace and the spreadsheets mean the same person."""
        return f"{self.handle}@example.com"


# fmt: off
WORKERS: tuple[Worker, ...] = (
    Worker("nora", "Nora Lindqvist", "manager", "operations", capacity=0, hired_on="2018-03-01"),
    Worker("ben", "Ben Okafor", "coordinator", "operations", capacity=0, hired_on="2019-09-16"),
    Worker("mina", "Mina Sato", "coordinator", "operations", capacity=0, hired_on="2020-02-03"),
    Worker("lars", "Lars Holm", "contact", "billing", timezone="Europe/Copenhagen", weekly_hours=37),
    Worker("olu", "Olu Adeyemi", "contact", "logistics", timezone="Europe/London"),
    Worker("petra", "Petra Vogel", "contact", "engineering"),
    Worker("carla", "Carla Mendes", "lead", "voice", "voice;chat;english",
           (Week("01234", "08:00", "16:00", "voice"),), LISBON, capacity=0.5, hired_on="2019-02-11"),
    Worker("dmitri", "Dmitri Sokolov", "lead", "chat", "chat;email;german;english",
           (_early("01234", "chat"), _late("01234", "chat")), capacity=0.5, hired_on="2020-06-01"),
    Worker("yara", "Yara Haddad", "lead", "email", "email;voice;german;english",
           (_late("01234", "email"), _early("01234", "email")), capacity=0.5, hired_on="2020-11-02"),
    # voice
    Worker("ana", "Ana Ruiz", "agent", "voice", "voice;chat;english", _in_turns("voice", "01234", "01234")),
    Worker("eva", "Eva Novak", "agent", "voice", "voice;chat;german;english",
           _in_turns("voice", "12345", "01234"), hired_on="2022-01-10"),
    Worker("felix", "Felix Brandt", "agent", "voice", "voice;german", _in_turns("voice", "01234", "23456")),
    Worker("gita", "Gita Sharma", "agent", "voice", "voice;english", _in_turns("voice", "23456", "01234")),
    Worker("jonah", "Jonah Price", "agent", "voice", "voice;email;english",
           _other_turns("voice", "01234", "01234"), hired_on="2020-10-19"),
    Worker("karim", "Karim Aziz", "agent", "voice", "voice;german;english",
           _other_turns("voice", "01234", "12345")),
    Worker("lucia", "Lucía Torres", "agent", "voice", "voice;english",
           _other_turns("voice", "23456", "01234"), hired_on="2023-03-01"),
    Worker("marek", "Marek Zelený", "agent", "voice", "voice;german;english",
           _other_turns("voice", "01234", "01456")),
    Worker("tomas", "Tomáš Dvořák", "agent", "voice", "voice;german;english",
           (_night("01234", "voice"), _night("12345", "voice")), hired_on="2019-06-03"),
    # chat
    Worker("hiro", "Hiro Tanaka", "agent", "chat", "chat;email;english",
           _in_turns("chat", "01234", "01234"), hired_on="2023-04-03"),
    Worker("ida", "Ida Larsen", "agent", "chat", "chat;voice;german;english",
           _in_turns("chat", "01234", "23456")),
    Worker("noah", "Noah Weiss", "agent", "chat", "chat;german", _in_turns("chat", "12345", "01234")),
    Worker("pia", "Pia Schulz", "agent", "chat", "chat;email;german;english",
           _other_turns("chat", "01234", "12345"), limits="no nights"),
    Worker("rui", "Rui Alves", "agent", "chat", "chat;english", _other_turns("chat", "23456", "01234")),
    Worker("sofia", "Sofia Rossi", "agent", "chat", "chat;voice;english",
           _other_turns("chat", "01234", "01234"), hired_on="2024-05-06", away=range(7, 21)),
    Worker("grace", "Grace Santos", "agent", "chat", "chat;email;english",
           (_night("01234", "chat"),), MANILA, hired_on="2021-11-15"),
    # e-mail
    Worker("ines", "Inês Duarte", "agent", "email", "email;english",
           (Week("0123", "09:00", "14:00", "email"),), LISBON, weekly_hours=20, hired_on="2023-09-04"),
    Worker("kavya", "Kavya Rao", "agent", "email", "email;chat;english",
           _in_turns("email", "01234", "12345"), capacity=0.8, hired_on="2024-02-12"),
    Worker("oskar", "Oskar Lindner", "agent", "email", "email;german",
           _in_turns("email", "23456", "01234")),
    Worker("vera", "Vera Popova", "agent", "email", "email;voice;german;english",
           _other_turns("email", "01234", "01234")),
    Worker("wim", "Wim de Vries", "agent", "email", "email;english",
           _other_turns("email", "01234", "23456")),
    Worker("zoe", "Zoë Martin", "agent", "voice", "voice;english",
           (_early("01234", "voice"),), capacity=0.3, joins=7),
)
# fmt: on


def populate(sandbox: Sandbox) -> None:
    """Bring the team in, with somebody from outside, and open the channels: each team and department has one."""
    for worker in WORKERS:
        sandbox.invite(
            worker.handle,
            real_name=worker.name,
            email=worker.email,
            title=f"{worker.role.capitalize()}, {worker.team}",
            tz=worker.timezone,
            hour24=True,
            admin=worker.role == "manager",
        )
    sandbox.invite("olga", real_name="Olga Petrova", tz="Europe/Riga", outside=True)
    floor = [worker.handle for worker in WORKERS if worker.role != "contact"]
    desk = [worker.handle for worker in WORKERS if worker.role in ("coordinator", "manager")]
    sandbox.channel("#floor", members=[*floor, "olga"], bot=True)
    sandbox.channel("#coordinators", private=True, members=desk, bot=True)
    for team in ("voice", "chat", "email"):
        people = [worker.handle for worker in WORKERS if worker.team == team]
        sandbox.channel(f"#team-{team}", members=[*people, *desk], bot=True)
    for worker in WORKERS:
        if worker.role == "contact":
            sandbox.channel(f"#{worker.team}", members=[worker.handle, *desk], bot=True)


def schedule_start(today: date) -> date:
    """The first day of the schedule that is written on this day: last week's Monday."""
    return today - timedelta(days=today.weekday() + 7)


def write_spreadsheets(folder: Path, today: date) -> tuple[Path, Path]:
    """Write `people.csv` and `shifts.csv`: six weeks from last week's Monday, so that weeks lie ahead for long."""
    people, shifts = folder / "people.csv", folder / "shifts.csv"
    monday = schedule_start(today)
    _write(people, PEOPLE_COLUMNS, [_person(worker, monday) for worker in WORKERS])
    _write(shifts, SHIFT_COLUMNS, list(_shifts(monday)))
    return people, shifts


def _person(worker: Worker, monday: date) -> list[str]:
    joined = worker.hired_on if worker.joins is None else (monday + timedelta(days=worker.joins)).isoformat()
    terms = (worker.timezone, str(worker.weekly_hours), f"{worker.capacity:g}", joined, worker.limits)
    return [worker.email, worker.name, "", worker.role, worker.team, worker.skills, *terms]


def _shifts(monday: date) -> Iterator[list[str]]:
    for number in range(WEEKS * 7):
        day = monday + timedelta(days=number)
        for worker in WORKERS:
            week = _week(worker, number)
            if week is not None and str(day.weekday()) in week.weekdays:
                note = "night desk" if week.end < week.start else ""
                yield [worker.email, day.isoformat(), week.start, week.end, worker.timezone, week.queue, note]
        if day.weekday() == 5:
            yield ["", day.isoformat(), "10:00", "14:00", BERLIN, "voice", "open: who can take it?"]


def _week(worker: Worker, day: int) -> Week | None:
    """What they work in the week of this day of the schedule, None if nothing on it."""
    if not worker.weeks or day in worker.away or day < (worker.joins or 0):
        return None
    return worker.weeks[day // 7 % len(worker.weeks)]


def _write(path: Path, columns: str, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns.split(","))
        writer.writerows(rows)
