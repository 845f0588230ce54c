"""What takes longer than Slack waits, when the bot is told to stop."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from bot.deps import Deps
from handlers.later import Later
from storage.db import Sessions
from tests.jobs.clocks import deps_on


def test_what_waits_for_its_turn_does_not_keep_the_bot_from_stopping(sessions: Sessions) -> None:
    later = Later(deps_on(sessions, lambda: datetime(2026, 11, 2, tzinfo=UTC)))
    may_end, found, told = threading.Event(), list[int](), list[int]()

    def looking(number: int) -> Callable[[Deps], int]:
        def look(_deps: Deps) -> int:
            may_end.wait()
            found.append(number)
            return number

        return look

    def ask(number: int) -> int | None:
        return later.answer(looking(number), told.append, lambda _error, _reference: 0)

    with ThreadPoolExecutor() as people:
        answers = list(people.map(ask, range(6)))
        later.close(grace=0)
        may_end.set()
    later.close()
    assert answers == [None] * 6, "nobody was answered in time"
    assert len(found) == 4, "what had not begun was dropped"
    assert told == []
