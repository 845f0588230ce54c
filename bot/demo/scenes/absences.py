"""Somebody cannot come: one message and one yes, and others see to the rest."""

from datetime import timedelta

from bot.app import JOBS
from bot.demo.cast import BOT, Cast, name_of
from jobs.scheduler import Clockwork

_DESK = "#coordinators"


def a_sick_call(cast: Cast) -> None:
    """A sick call: one message and one yes; two minutes later the desk has it, and others read only “away”"""
    noah, ben, dmitri, ida = cast("noah"), cast("ben"), cast("dmitri"), cast("ida")
    noah.types("I'm sick today", BOT)
    noah.presses("Yes", noah.reads(f"Away {cast.written(1, 0)}, 13:00–21:00?", BOT))
    noah.reads("Done. Nothing else to do.", BOT)
    minutes_pass(cast, 2)
    card = ben.reads("@Noah Weiss is away", _DESK)
    ben.presses(next(label for label in card.buttons if label.startswith("Offer to")), card)
    asked = ida.reads("can you work this", BOT)
    ida.presses("Take all", asked)
    ida.form(name_of(asked).removesuffix(" ·"), "overtime +8 h")
    ida.submits()
    ben.presses("Approve", ben.reads("is taken by @Ida Larsen and waits for approval", _DESK))
    ida.reads("is covered by you", BOT)
    ben.reads("is covered by @Ida Larsen", _DESK)
    dmitri.finds("Has an owner", BOT)
    dmitri.types("/shifts who 14:00")
    dmitri.finds("Away: @Noah Weiss")


def minutes_pass(cast: Cast, minutes: int) -> None:
    """The clock goes on, and what is due by then is done."""
    cast.script.did("Clock", "moves", f"on by {minutes} minutes")
    cast.stage.sandbox.clock.move(timedelta(minutes=minutes))
    clockwork = Clockwork(cast.stage.deps, JOBS)
    clockwork.run_due()
    clockwork.close()
