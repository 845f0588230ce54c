"""A small support team to play with: its people, its channels and its schedule."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from bot.sandbox.server import Sandbox

PEOPLE_COLUMNS = "email,name,slack_id,role,team,skills,timezone,weekly_hours,capacity,hired_on"
SHIFT_COLUMNS = "email,date,start,end,timezone,queue,note"
WEEKS = 4


@dataclass(frozen=True, slots=True)
class Week:
    """What somebody works every week: on which weekdays (Monday is 0), wall-clock hours, queue."""

    weekdays: str
    start: str
    end: str
    queue: str


@dataclass(frozen=True, slots=True)
class Worker:
    """One of the team, as the spreadsheet of people describes them."""

    handle: str
    name: str
    role: str
    team: str
    skills: str
    timezone: str
    weekly_hours: int
    capacity: float
    hired_on: str
    week: Week | None = None

    @property
    def email(self) -> str:
        """The address by which the workspace and the spreadsheets mean the same person."""
        return f"{self.handle}@example.com"


# fmt: off
WORKERS: tuple[Worker, ...] = (
    Worker("nora", "Nora Lindqvist", "manager", "operations", "", "Europe/Berlin", 40, 0, "2018-03-01"),
    Worker("ben", "Ben Okafor", "coordinator", "operations", "", "Europe/Berlin", 40, 0, "2019-09-16"),
    Worker("lars", "Lars Holm", "contact", "billing", "", "Europe/Copenhagen", 37, 0, "2017-08-14"),
    Worker("carla", "Carla Mendes", "lead", "voice", "voice;refunds;portuguese", "Europe/Lisbon",
           40, 0.5, "2019-02-11", Week("01234", "09:00", "17:00", "voice")),
    Worker("dmitri", "Dmitri Sokolov", "lead", "written", "chat;email;refunds", "Europe/Berlin",
           40, 0.5, "2020-06-01", Week("01234", "08:00", "16:00", "email")),
    Worker("ana", "Ana Ruiz", "agent", "voice", "voice;spanish", "Europe/Madrid",
           40, 1, "2021-05-03", Week("01234", "08:00", "16:00", "voice")),
    Worker("eva", "Eva Novak", "agent", "voice", "voice;chat;german", "Europe/Berlin",
           40, 1, "2022-01-10", Week("01234", "10:00", "18:00", "voice")),
    Worker("farid", "Farid Haddad", "agent", "voice", "voice;arabic", "Africa/Cairo",
           40, 1, "2022-08-22", Week("60123", "12:00", "20:00", "voice")),
    Worker("grace", "Grace Santos", "agent", "written", "chat;email", "Asia/Manila",
           40, 1, "2021-11-15", Week("01234", "22:00", "06:00", "chat")),
    Worker("hiro", "Hiro Tanaka", "agent", "written", "chat;japanese", "Asia/Tokyo",
           40, 1, "2023-04-03", Week("01234", "09:00", "17:30", "chat")),
    Worker("ines", "Inês Duarte", "agent", "written", "email;portuguese", "Europe/Lisbon",
           12, 0.5, "2023-09-04", Week("024", "09:00", "13:00", "email")),
    Worker("jonah", "Jonah Price", "agent", "voice", "voice;refunds", "America/New_York",
           40, 1, "2020-10-19", Week("01234", "09:00", "17:00", "voice")),
    Worker("kavya", "Kavya Rao", "agent", "written", "chat;email;hindi", "Asia/Kolkata",
           40, 0.8, "2024-02-12", Week("12345", "13:30", "21:30", "email")),
)
# fmt: on


def populate(sandbox: Sandbox) -> None:
    """Bring the team in, with somebody from outside, and open #floor and #coordinators."""
    for worker in WORKERS:
        admin = worker.role == "manager"
        sandbox.invite(worker.handle, real_name=worker.name, email=worker.email, tz=worker.timezone, admin=admin)
    sandbox.invite("olga", real_name="Olga Petrova", tz="Europe/Riga", outside=True)
    floor = [worker.handle for worker in WORKERS if worker.role != "contact"]
    desk = [worker.handle for worker in WORKERS if worker.role in ("coordinator", "manager")]
    sandbox.channel("#floor", members=[*floor, "olga"], bot=True)
    sandbox.channel("#coordinators", private=True, members=desk, bot=True)


def write_spreadsheets(folder: Path, today: date) -> tuple[Path, Path]:
    """Write `people.csv` and `shifts.csv`: four weeks from last week's Monday."""
    people, shifts = folder / "people.csv", folder / "shifts.csv"
    _write(people, PEOPLE_COLUMNS, [_person(worker) for worker in WORKERS])
    monday = today - timedelta(days=today.weekday() + 7)
    _write(shifts, SHIFT_COLUMNS, list(_shifts(monday)))
    return people, shifts


def _person(worker: Worker) -> list[str]:
    rest = (worker.timezone, str(worker.weekly_hours), f"{worker.capacity:g}", worker.hired_on)
    return [worker.email, worker.name, "", worker.role, worker.team, worker.skills, *rest]


def _shifts(monday: date) -> Iterator[list[str]]:
    for number in range(WEEKS * 7):
        day = monday + timedelta(days=number)
        for worker in WORKERS:
            week = worker.week
            if week is not None and str(day.weekday()) in week.weekdays:
                note = "night desk" if week.end < week.start else ""
                hours = (week.start, week.end, worker.timezone)
                yield [worker.email, day.isoformat(), *hours, week.queue, note]
        if day.weekday() == 5:
            yield ["", day.isoformat(), "10:00", "14:00", "Europe/Berlin", "voice", "open: who can take it?"]


def _write(path: Path, columns: str, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns.split(","))
        writer.writerows(rows)
