"""Swaps, from the proposal to the announcement."""

from bot.demo.cast import BOT, Cast, name_of


def settled_among_themselves(cast: Cast) -> None:
    """Two people swap; no rule is broken, so nobody has to approve it"""
    felix, gita = cast("felix"), cast("gita")
    felix.types(f"/swap {cast.typed(3, 5)} for {cast.typed(3, 1)} with @gita")
    felix.form("Swap a shift")
    felix.fills("Note", "My sister gets married")
    felix.submits()
    card = gita.reads("is waiting for your answer", BOT)
    gita.presses("Accept", card)
    felix.reads(f"{name_of(card)} is settled", BOT)
    gita.reads(f"{name_of(card)} is settled", "#floor")
    felix.types(f"/shifts {cast.typed(3, 1)}")
    felix.reads(f"{cast.written(3, 1)}, 13:00–21:00")


def only_what_the_rules_allow(cast: Cast) -> None:
    """Rules: late until 21:00 on Sunday and early from 07:00 on Monday leave ten hours; the EU asks for eleven"""
    ana = cast("ana")
    ana.types(f"/shifts {cast.typed(2, 0)}")
    ana.reads(f"{cast.written(2, 0)}, 07:00–15:00")
    ana.types(f"/shifts @felix {cast.typed(1, 5)} to {cast.typed(1, 6)}")
    ana.reads(f"{cast.written(1, 6)}, 13:00–21:00")
    ana.types(f"/swap {cast.typed(1, 1)} with @felix")
    ana.form("Swap a shift")
    free = ((1, 5), (5, 5), (5, 6))
    ana.is_offered("For their shift", *(f"{cast.listed(*day)}, 13:00–21:00 · voice" for day in free))
    ana.cancels()


def approved_by_the_desk(cast: Cast) -> None:
    """A swap that means overtime is looked at by a coordinator"""
    oskar, kavya, ben = cast("oskar"), cast("kavya"), cast("ben")
    oskar.types(f"/swap {cast.typed(2, 5)} for {cast.typed(3, 5)} with @kavya")
    oskar.form("Swap a shift")
    oskar.submits()
    card = kavya.reads("is waiting for your answer", BOT)
    kavya.presses("Accept", card)
    oskar.reads("waits for approval", BOT)
    ben.sees_home("To decide · 1", "To decide")
    ben.presses("Approve", ben.reads("waits for approval", "#coordinators"))
    kavya.reads(f"{name_of(card)} is settled", BOT)
    oskar.reads(f"{name_of(card)} is settled", "#floor")
    ben.types(f"/floor audit {name_of(card).lower()}")
    ben.reads("approved")


def approved_anyway(cast: Cast) -> None:
    """A rule becomes stricter while a swap waits: approving it takes another look, and a reason"""
    rui, pia, ben = cast("rui"), cast("pia"), cast("ben")
    rui.types(f"/swap {cast.typed(2, 6)} for {cast.typed(3, 5)} with @pia")
    rui.submits()
    pia.presses("Accept", pia.reads("is waiting for your answer", BOT))
    card = ben.reads("waits for approval", "#coordinators")
    ben.types("/floor settings")
    ben.presses("Change…", beside="Rules of who may work what")
    ben.picks("Overtime is", "Not possible")
    ben.saves("Overtime")
    ben.presses("Approve", card)
    ben.reads("has changed since the card was drawn", "#coordinators")
    ben.presses("Approve anyway…", ben.reads("Denied by policy", "#coordinators"))
    ben.form("Approve anyway")
    ben.is_refused("Why")
    ben.fills("Why", "Both asked for it, and the week after is quiet")
    ben.submits()
    pia.reads(f"{name_of(card)} is settled", BOT)
    ben.types(f"/floor audit {name_of(card).lower()}")
    ben.reads("anyway")


def declined(cast: Cast) -> None:
    """A mistake is said at its field; a colleague declines and says why"""
    wim, vera = cast("wim"), cast("vera")
    wim.types(f"/swap {cast.typed(3, 5)} with @vera")
    wim.form("Swap a shift")
    wim.is_refused("For their shift")
    wim.picks("For their shift", f"{cast.listed(3, 0)}, 07:00–15:00 · email")
    wim.submits()
    card = vera.reads("is waiting for your answer", BOT)
    vera.presses("Decline…", card)
    vera.form("Decline the swap")
    vera.fills("Why", "I have a ticket for the match that day")
    vera.submits()
    wim.types(f"/{name_of(card).lower()}")
    wim.reads("is declined by")


def entered_by_a_lead(cast: Cast) -> None:
    """A lead enters a swap for somebody of her team, who is told and could withdraw it"""
    carla, karim, jonah = cast("carla"), cast("karim"), cast("jonah")
    carla.types(f"/swap for @karim {cast.typed(3, 5)} for {cast.typed(3, 0)} with @jonah")
    carla.form("Swap a shift")
    carla.submits()
    karim.hears("was entered for you by", karim.reads("Entered by", BOT))
    card = jonah.reads("is waiting for your answer", BOT)
    jonah.presses("Accept", card)
    karim.reads(f"{name_of(card)} is settled", BOT)
    carla.reads(f"{name_of(card)} is settled", BOT)


def taken_back(cast: Cast) -> None:
    """Ten minutes of regret: the announcement is edited, and said so once in its thread"""
    felix, gita = cast("felix"), cast("gita")
    card = felix.reads("My sister gets married", BOT)
    felix.presses("Undo", card)
    gita.hears("was undone by", gita.reads(f"{name_of(card)} is undone", "#floor"))
