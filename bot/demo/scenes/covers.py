"""Covers: part of a shift is given away, and who can step in is asked."""

from bot.demo.cast import BOT, Cast, name_of


def a_part_is_taken(cast: Cast) -> None:
    """Gita gives away four hours; Zoë may work three of them, reads what that means for her, and takes them"""
    gita, zoe, ben = cast("gita"), cast("zoe"), cast("ben")
    gita.types(f"/cover 17-21 {cast.typed(3, 2)}")
    gita.form("Give a shift away")
    gita.submits()
    card = gita.reads("is open: nobody has taken it yet", BOT)
    zoe.presses("Take 17:00–20:00", zoe.reads("can you work this", BOT))
    zoe.form(name_of(card), "overtime +3 h")
    zoe.submits()
    ben.presses("Approve", ben.reads("17:00–20:00", "#coordinators"))
    gita.reads("17:00–20:00", BOT)
    gita.presses("Withdraw the rest", gita.reads("took a part of it", BOT))
    gita.reads(name_of(card), "#floor")
    zoe.types(f"/shifts {cast.typed(3, 2)}")
    zoe.reads("17:00–20:00")
