"""The front desk."""

from datetime import datetime, time, timedelta

from bot.demo.cast import BOT, ZONE, Cast, name_of
from bot.demo.scenes.outbox import reads_that_nothing_waits


def quiet_hours(cast: Cast) -> None:
    """Quiet hours: what comes in the evening is read in the morning"""
    ana, eva, ben = cast("ana"), cast("eva"), cast("ben")
    ana.types("/floor")
    ana.presses("My settings", ana.reads("The front desk"))
    ana.form("My settings")
    ana.picks("From", "22:00")
    ana.is_refused("Say until when")
    ana.picks("To", "07:00")
    ana.saves("Quiet hours are from 22:00 to 07:00")
    _becomes(cast, datetime.combine(cast.today, time(22, 30)))
    eva.types(f"/swap {cast.typed(2, 5)} for {cast.typed(2, 0)} with @ana")
    eva.form("Swap a shift")
    eva.submits()
    asked = eva.reads("is waiting for @Ana Ruiz", BOT)
    reads_that_nothing_waits(ben)
    ana.has_nothing(f"{name_of(asked)} ", BOT)
    _becomes(cast, datetime.combine(cast.today + timedelta(days=1), time(7)))
    ana.reads(f"{name_of(asked)} is waiting for your answer", BOT)


def _becomes(cast: Cast, local: datetime) -> None:
    cast.script.did("Clock", "moves", f"to {local:%a, %b} {local.day}, {local:%H:%M}")
    cast.stage.sandbox.clock.set(local.replace(tzinfo=ZONE))


def rules_of_ones_own(cast: Cast) -> None:
    """Settings: a rule may be made stricter, and never weaker than the law"""
    ben = cast("ben")
    ben.types("/floor settings")
    ben.form("Settings")
    ben.presses("Change…", beside="Rules of who may work what")
    ben.fills("Daily rest: at least, in hours", "10")
    ben.is_refused("can only be made stricter")
    ben.fills("Daily rest: at least, in hours", "12")
    ben.saves("Daily rest: at least 12 hours")


def a_deputy(cast: Cast) -> None:
    """Roles: given in Slack, told to the person, and recorded"""
    ben, gita = cast("ben"), cast("gita")
    ben.types("/floor roles")
    ben.presses("Change…", ben.finds("Gita Sharma · agent"))
    ben.picks("Person", "Gita Sharma · voice")
    ben.picks("Lead of", ["voice"])
    ben.saves("Saved", "They are told")
    gita.reads("changed your roles", BOT)
    ben.types("/floor audit @gita")
    ben.reads("What was changed about")


def what_is_set_up(cast: Cast) -> None:
    """Setup: what a workspace needs, and whether it is there"""
    nora = cast("nora")
    nora.types("/floor setup")
    nora.form("Setup", "All is set up")


def all_is_well(cast: Cast) -> None:
    """Is all well with the bot itself?"""
    ben = cast("ben")
    ben.types("/floor health")
    ben.reads("All is well")
