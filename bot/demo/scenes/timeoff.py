"""Time off: asked for with its cost in sight, decided with the floor in sight."""

from bot.demo.cast import BOT, Cast

_DESK = "#coordinators"


def decided_with_the_floor_in_sight(cast: Cast) -> None:
    """Time off: Wim reads what it costs before he sends it, and Ben what it does to the floor before he decides"""
    wim, ben, yara = cast("wim"), cast("ben"), cast("yara")
    wim.types(f"/timeoff {cast.typed(2, 0)} to {cast.typed(2, 3)}")
    wim.presses("Send", wim.reads("Paid leave: "))
    asked = wim.reads("is waiting for approval", BOT)
    card = ben.reads("of @Wim de Vries is waiting for approval", _DESK)
    ben.presses("Approve", card)
    wim.hears("is approved by @Ben Okafor", asked)
    yara.types(f"/timeoff calendar {cast.day(2, 0):%B}".lower())
    yara.reads("@Wim de Vries")


def a_night_is_asked_about(cast: Cast) -> None:
    """A night ends on the day after: whoever works one is asked whether it is meant, too"""
    tomas = cast("tomas")
    tomas.types(f"/timeoff {cast.typed(2, 3)}")
    asked = tomas.reads("Is it meant, too?")
    tomas.presses("Yes, that too", asked)
    tomas.presses("Cancel", tomas.reads("Paid leave: "))
