"""Whether enough people are there."""

from bot.demo.cast import BOT, Cast

_DESK = "#coordinators"


def before_customers_notice(cast: Cast) -> None:
    """Coverage: where people will be missing, as words and as a picture, and what more contacts would take"""
    dmitri, ana = cast("dmitri"), cast("ana")
    dmitri.types("/coverage thu voice")
    dmitri.reads("voice −0.5 (4.5 of 5) · service level")
    dmitri.presses("Heat map", dmitri.finds("voice −0.5 (4.5 of 5) · service level"))
    dmitri.reads("Coverage · ", BOT)
    dmitri.types("/coverage plan voice thu")
    dmitri.reads("How many to roster")
    dmitri.types("/coverage whatif +20% next week")
    dmitri.reads("more contacts come")
    ana.types("/coverage")
    ana.reads("Leads, coordinators and managers see coverage.")


def what_helps_today(cast: Cast) -> None:
    """What helps today: Dmitri has Carla do nothing but calls with one press, and takes it back with another"""
    dmitri, carla = cast("dmitri"), cast("carla")
    dmitri.types("/coverage ladder voice")
    dmitri.presses("On contacts only", dmitri.reads("@Carla Mendes on contacts only, "))
    carla.reads("changed your day, because people are missing", BOT)
    dmitri.presses("Undo", dmitri.reads("Done already"))
    carla.reads("As planned again by @Dmitri Sokolov", BOT)


def a_gap_is_filled(cast: Cast) -> None:
    """A gap: whose shift ends there is asked to stay, and one does; another is a risk that somebody accepts"""
    ben, dmitri, karim = cast("ben"), cast("dmitri"), cast("karim")
    ben.types("/coverage thu voice")
    ben.presses("Ask overtime", ben.reads("voice −0.5 (4.5 of 5)"))
    ben.reads("asked now whether they can work longer: one open shift.")
    ben.reads("nobody has taken it yet", _DESK)
    asked = karim.reads("can you work this", BOT)
    karim.presses("Take all", asked)
    shift = asked.text.partition(" · ")[0]
    karim.form(shift, "overtime +1 h")
    karim.submits()
    ben.presses("Approve", ben.reads(f"{shift} is taken by @Karim Aziz and waits for approval", _DESK))
    karim.reads("is covered by you", BOT)
    ben.finds("is covered by @Karim Aziz", _DESK)
    saturday = f"{cast.written(1, 5)}, 15:00–20:00"
    dmitri.types("/coverage sat voice")
    dmitri.presses("Accept risk", dmitri.reads(saturday), beside=saturday)
    dmitri.fills("Why it can stay so", "The shops are closed that evening")
    dmitri.saves("The risk is accepted.")
    ben.reads("“The shops are closed that evening”", _DESK)
