"""The front desk."""

from bot.demo.cast import BOT, Cast


def quiet_hours(cast: Cast) -> None:
    """Everybody chooses for themselves when they want to read nothing"""
    ana = cast("ana")
    ana.types("/floor")
    ana.presses("My settings", ana.reads("The front desk"))
    ana.form("My settings")
    ana.picks("From", "22:00")
    ana.is_refused("Say until when")
    ana.picks("To", "07:00")
    ana.saves("Quiet hours are from 22:00 to 07:00")


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
    ben.saves("They are told")
    gita.reads("changed your roles", BOT)
    ben.types("/floor audit @gita")
    ben.reads("What was changed about")


def all_is_well(cast: Cast) -> None:
    """Is all well with the bot itself?"""
    ben = cast("ben")
    ben.types("/floor health")
    ben.reads("All is well")
