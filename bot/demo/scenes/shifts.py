"""Who works when."""

from bot.demo.cast import BOT, Cast


def the_morning(cast: Cast) -> None:
    """The morning: who works when"""
    ana, carla = cast("ana"), cast("carla")
    ana.types("/shifts")
    ana.reads("Your shifts")
    carla.types("/shifts who chat 2pm")
    carla.reads("chat")
    carla.types("/shifts @zoe tomorrow")
    carla.reads("Zoë")
    ana.types("/shifts whenever")
    ana.reads("whenever")


def corrected_by_hand(cast: Cast) -> None:
    """Edits: which rules a shift would break is read before it is saved; given away, both are told; undone"""
    ben, karim, marek = cast("ben"), cast("karim"), cast("marek")
    ben.types(f"/shifts edit @karim {cast.typed(3, 3)}")
    ben.form("Edit shifts", f"{cast.written(3, 3)}, 07:00–15:00 · voice")
    ben.chooses("Change…", beside=cast.written(3, 3))
    ben.picks("Start", "15:00")
    ben.picks("End", "23:00")
    ben.looks("daily rest 8 h, at least 11 h", "→ Thu")
    ben.picks("Start", "07:00")
    ben.picks("End", "15:00")
    ben.picks("Whose shift", "Marek Zelený · marek@example.com")
    ben.looks("→ @Marek Zelený", "overtime, 48 h")
    ben.saves("Saved as edit")
    for each in (karim, marek):
        each.reads("@Karim Aziz → @Marek Zelený", BOT)
    ben.types("/floor imports")
    ben.presses(
        "Undo…",
        ben.finds("@Karim Aziz → @Marek Zelený"),
        beside=f"{cast.listed(3, 3)}, 07:00–15:00",
        confirm=True,
    )
    for each in (karim, marek):
        each.reads("@Marek Zelený → @Karim Aziz", BOT)
