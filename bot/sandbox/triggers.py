"""Trigger ids: the short-lived permission to open a view for the person who just did something."""

import itertools
import time
import uuid
from dataclasses import dataclass

from bot.sandbox.errors import SlackError

REMEMBERED = 60.0


@dataclass(slots=True)
class Trigger:
    """What an id stands for: `user` did something, in a modal or elsewhere; `issued` is in monotonic seconds."""

    user: str
    issued: float
    from_modal: bool
    exchanged: bool = False


class Triggers:
    """Issued trigger ids; each may be exchanged once, within `seconds`.

    A minute after that an id is forgotten, and as good as made up.
    """

    def __init__(self, seconds: float = 3.0) -> None:
        self.seconds = seconds
        self._triggers: dict[str, Trigger] = {}
        self._numbers = itertools.count(1)

    def issue(self, user: str, *, from_modal: bool = False) -> str:
        """A new trigger id for what this person just did."""
        now = time.monotonic()
        while self._triggers and now - next(iter(self._triggers.values())).issued > self.seconds + REMEMBERED:
            del self._triggers[next(iter(self._triggers))]
        trigger_id = f"{next(self._numbers)}.{time.time_ns()}.{uuid.uuid4().hex}"
        self._triggers[trigger_id] = Trigger(user, now, from_modal)
        return trigger_id

    def check(self, trigger_id: str) -> Trigger:
        """The trigger, still to be exchanged. Raises SlackError as Slack words it."""
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.exchanged:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.issued > self.seconds:
            raise SlackError("expired_trigger_id")
        return trigger
