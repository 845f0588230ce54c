"""Swaps, from the proposal to the announcement."""

from bot.demo.cast import BOT, Cast


def settled_among_themselves(cast: Cast) -> None:
    """Two people swap; no rule is broken, so nobody has to approve it"""
    felix, gita = cast("felix"), cast("gita")
    felix.types(f"/swap {cast.day(3, 5)} for {cast.day(3, 1)} with @gita")
    felix.form("Swap a shift")
    felix.fills("Note", "My sister gets married")
    felix.submits()
    gita.presses("Accept", gita.reads("is waiting for", BOT))
    felix.reads("is settled", BOT)
    gita.reads("is settled", "#floor")
    felix.types(f"/shifts {cast.day(3, 1)}")
    felix.reads("13:00–21:00")


def only_what_the_rules_allow(cast: Cast) -> None:
    """Rules: late until 21:00 and early from 07:00 leave ten hours, and the EU asks for eleven"""
    ana = cast("ana")
    ana.types(f"/swap {cast.day(2, 2)} with @jonah")
    ana.form("Swap a shift")
    ana.finds_none("For their shift")
    ana.cancels()


def approved_by_the_desk(cast: Cast) -> None:
    """A swap that means overtime is looked at by a coordinator"""
    oskar, kavya, ben = cast("oskar"), cast("kavya"), cast("ben")
    oskar.types(f"/swap {cast.day(2, 5)} for {cast.day(3, 5)} with @kavya")
    oskar.form("Swap a shift")
    oskar.submits()
    kavya.presses("Accept", kavya.reads("is waiting for", BOT))
    oskar.reads("waits for approval", BOT)
    ben.presses("Approve", ben.reads("waits for approval", "#coordinators"))
    kavya.reads("is settled", BOT)
    oskar.reads("is settled", "#floor")
    ben.types("/floor audit swap 2")
    ben.reads("approved")


def taken_back(cast: Cast) -> None:
    """Ten minutes of regret: the announcement is edited, and said so once in its thread"""
    felix = cast("felix")
    felix.presses("Undo", felix.reads("Swap 1 is settled", BOT))
    felix.reads("Swap 1 is undone", "#floor")
