"""Whether enough people are there."""

from bot.demo.cast import BOT, Cast


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
