"""The sandbox in a terminal: act as anybody in the sample workspace and read what they see."""

import signal
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.errors import NotPossible
from bot.sandbox.sample import populate
from bot.sandbox.screen import Shown
from bot.sandbox.server import Sandbox

HELP = """\
  as ben                     act as somebody else (see people)
  in #floor | in @floorwalker   go to a channel or a direct message
  any text or /command       type it there
  press LABEL                press a button of the modal, or of the newest message
  press LABEL beside TEXT    the one beside this text, where several have the label
  fill LABEL = VALUE         type into a field of the modal
  pick LABEL = OPTION        choose in a menu of the modal, or of the newest message
  pick LABEL =               read what the menu offers
  submit | close             the modal's own buttons
  look | home                what is there to see
  clock +2h | clock 2026-12-24 09:00   move the time of day (in that person's zone)
  people | help | quit"""

_MOST = 5  # messages at a time, of those that were there before
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


class Desk:
    """One terminal: whose eyes it looks through, where it stands, and what was shown already."""

    def __init__(self, sandbox: Sandbox, say: Callable[[str], None], who: str = "ana") -> None:
        self.sandbox = sandbox
        self.person = sandbox.person(who, patience=1.0)
        self.where = "#general"
        self._say = say
        self._shown: set[tuple[str, str, str]] = set()
        self._warned: dict[str, int] = {}
        self._commands: dict[str, Callable[[str], None]] = {
            "as": self._become,
            "in": self._go,
            "press": self._press,
            "fill": lambda line: self.person.fills(*_pair(line)),
            "pick": self._pick,
            "submit": lambda _: self.person.submits(),
            "close": lambda _: self.person.closes(),
            "home": self._home,
            "look": lambda _: self._shown.clear(),
            "clock": self._clock,
            "people": self._people,
            "help": lambda _: self._say(HELP),
        }

    @property
    def prompt(self) -> str:
        """Who is acting, and where: what stands before the cursor."""
        return f"{self.person.name} in {self.where}> "

    def obey(self, line: str) -> None:
        """Do what a line says, and print what this person sees that is new; an empty line only prints."""
        word, _, rest = line.strip().partition(" ")
        command = self._commands.get(word)
        try:
            if command is not None:
                command(rest.strip())
            elif word:
                self.person.types(line, self.where)
            if word not in ("help", "people", "home"):
                self._print_news(everything=word == "look")
        except (AssertionError, NotPossible, ValueError) as problem:
            self._say(str(problem))

    def _become(self, name: str) -> None:
        self.sandbox.user_id(name)
        self.person = self.sandbox.person(name, patience=1.0)
        self._shown.clear()

    def _go(self, where: str) -> None:
        self.person.sees(where)
        self.where = where

    def _place(self) -> Shown | None:
        if self.person.modal is not None:
            return None
        having = [shown for shown in self._all() if shown.labels]
        return having[-1] if having else None

    def _press(self, line: str) -> None:
        label, _, beside = line.partition(" beside ")
        self.person.presses(label, self._place(), beside=beside)

    def _pick(self, line: str) -> None:
        label, option = _pair(line)
        self.person.chooses(label, option, self._place())

    def _home(self, _: str) -> None:
        self.person.opens_home()
        self._say(str(self.person.home()))

    def _clock(self, line: str) -> None:
        if line.startswith(("+", "-")):
            amount = {_UNITS[line[-1]]: float(line[:-1])} if line[-1] in _UNITS else {}
            if not amount:
                raise ValueError("how far? for example +2h, -30m, +1d")
            self.sandbox.clock.move(timedelta(**amount))
        elif line:
            instant = datetime.fromisoformat(line)
            self.sandbox.clock.set(instant if instant.tzinfo else instant.replace(tzinfo=self._zone()))
        self._say(f"{self.sandbox.clock.now().astimezone(self._zone()):%A %Y-%m-%d %H:%M %Z}")

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.sandbox.people()[self.person.name]["tz"])

    def _people(self, _: str) -> None:
        for name, person in self.sandbox.people().items():
            self._say(f"  {name:10} {person['real_name']:18} {person.get('tz', '')}")

    def _all(self) -> list[Shown]:
        seen = self.person.sees(self.where)
        return [shown for root in seen for shown in ([root] if not root.replies else self.person.thread(root))]

    def _print_news(self, *, everything: bool) -> None:
        there = {(shown.channel, shown.ts, str(shown)): shown for shown in self._all()}
        news = [shown for key, shown in there.items() if key not in self._shown]
        self._shown.update(there)
        if len(news) > _MOST and not everything:
            self._say(f"… {len(news) - _MOST} before that; look shows them too")
            news = news[-_MOST:]
        for shown in news:
            self._say(("  ↳ " if shown.thread and shown.thread != shown.ts else "") + str(shown))
        modal = self.person.modal
        warnings = self._new_warnings()
        for line in [self._with_names(str(modal))] if modal is not None else warnings:
            self._say(line)

    def _new_warnings(self) -> list[str]:
        """What flashed up since, as when the app does not answer; a modal shows its own."""
        name, notices = self.person.name, self.person.notices
        before, self._warned[name] = self._warned.get(name, 0), len(notices)
        return [f"!! {notice}" for notice in notices[before:]]

    def _with_names(self, text: str) -> str:
        """A menu of people holds ids."""
        for person in self.sandbox.people().values():
            text = text.replace(f"= {person['id']}", f"= @{person['real_name']}")
        return text


def run(port: int, manifest: Mapping[str, Any] | None, request_url: str | None) -> None:
    """Serve the sample workspace until SIGINT or SIGTERM, with a prompt if there is somebody to type."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    with Sandbox(manifest, port, request_url) as sandbox, suppress(KeyboardInterrupt):
        populate(sandbox)
        _say(_greeting(sandbox))
        if sys.stdin.isatty():
            _converse(Desk(sandbox, _say))
        else:
            threading.Event().wait()


def _greeting(sandbox: Sandbox) -> str:
    lines = {
        "SLACK_API_URL": sandbox.api_url,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_SIGNING_SECRET": sandbox.signing_secret,
    }
    exports = "\n".join(f"export {name}={value}" for name, value in lines.items())
    return f"The sandbox: open {sandbox.url} in a browser. For the bot, in another shell:\n\n{exports}\n"


def _converse(desk: Desk) -> None:
    desk.obey("help")
    while True:
        try:
            line = input(desk.prompt)
        except EOFError:
            return
        if line.strip() == "quit":
            return
        desk.obey(line)


def _pair(line: str) -> tuple[str, str]:
    label, equals, value = line.partition("=")
    if not equals:
        raise ValueError("say LABEL = VALUE")
    return label.strip(), value.strip()


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
