"""Slack is not always there."""

import time

from bot.demo.actor import Actor
from bot.demo.cast import BOT, Cast, name_of
from bot.sandbox import Shown

_POST, _UPDATE = "chat.postMessage", "chat.update"
_QUESTIONS, _SECONDS = 60, 1.0


def without_slack(cast: Cast) -> None:
    """Slack is away for a while: what was settled meanwhile is told once it is back, and each reads it once"""
    hiro, ida, ben = cast("hiro"), cast("ida"), cast("ben")
    faults = cast.stage.sandbox.faults
    hiro.types(f"/swap {cast.typed(3, 1)} for {cast.typed(3, 5)} with @ida")
    hiro.submits()
    card, asked = ida.reads("is waiting for your answer", BOT), hiro.reads("is waiting for", BOT)
    settled = f"{name_of(card)} is settled"
    cast.script.did("Slack", "loses", "its answer to a message that it has posted, and takes no more")
    faults.timeout(_POST, done=True, seconds=0.2)
    for method in (_POST, _UPDATE):
        faults.status(503, method, times=None)
    ida.presses("Accept", card)
    ben.types("/floor health")
    ben.finds("messages waiting")
    cast.script.did("Slack", "is", "back")
    faults.clear()
    for actor, below in ((hiro, asked), (ida, card)):
        actor.hears(settled, below)
    hiro.reads(settled, "#floor")
    reads_that_nothing_waits(ben)
    for actor, below in ((hiro, asked), (ida, card)):
        actor.finds_once(settled, BOT, below)
    hiro.finds_once(settled, "#floor")


def reads_that_nothing_waits(reader: Actor) -> None:
    """Asks until everything that is due is told: what nobody has read by then does not come any more."""
    reader.types("/floor health")
    for _ in range(_QUESTIONS):
        answer = reader.person.seat.until(lambda: _last_answer(reader))
        if "none waiting" in answer.text:
            reader.finds("none waiting")
            return
        time.sleep(_SECONDS)
        reader.person.types("/floor health", "#floor")
    raise AssertionError(f"messages wait: {answer}")


def _last_answer(reader: Actor) -> Shown:
    """What was answered last; on a slow machine that follows later."""
    last = reader.person.last("#floor")
    if "Messages" not in last.text:
        raise AssertionError(f"{reader.name} has no answer yet, but {last}")
    return last
