"""Cases: whose they are, by when something must be done, and who else has to answer."""

from bot.demo.cast import BOT, ZONE, Cast
from bot.demo.scenes.absences import minutes_pass

_DESK, _BILLING = "#coordinators", "#billing"


def what_is_mine(cast: Cast) -> None:
    """Cases: what is due first, each clock explained, and somebody says what a case waits for"""
    gita = cast("gita")
    gita.types("/case mine")
    gita.presses("Show", gita.reads("Line is dead since yesterday evening"), beside="Line is dead")
    gita.finds("Resolution: ")
    gita.types("/case wait 25 engineering")
    gita.reads("waits for engineering now")


def handed_over(cast: Cast) -> None:
    """Whoever is away has cases, too: each goes to somebody who can see to it, with one press"""
    ben, marek = cast("ben"), cast("marek")
    card = ben.reads("cannot wait until they are back", _DESK)
    ben.presses(next(label for label in card.buttons if label.startswith("Reassign all")), card)
    ben.reads("Case 8 is @Marek Zelený's", _DESK)
    marek.reads("Refund of 18 November", BOT)


def answered_in_time(cast: Cast) -> None:
    """A question to billing: owned, chased, missed, answered, and the customer hears what was promised"""
    marek, lars = cast("marek"), cast("lars")
    now = cast.stage.deps.clock().astimezone(ZONE)
    marek.types("/escalate 8")
    marek.form("Escalate", "By the matrix: billing")
    marek.fills("Question", "Where is the refund of 18 November for Jonas Weber?")
    marek.fills("What was the customer promised?", "An answer by this afternoon")
    marek.picks("Promised for the day", now.date())
    marek.picks("At", "16:00")
    marek.saves("is with billing")
    card = lars.reads("Where is the refund", _BILLING)
    lars.presses("Own", card)
    card = lars.reads("Owned by @Lars Holm", _BILLING)
    lars.presses("Give ETA…", card)
    lars.picks("Day", now.date())
    lars.picks("At", f"{now.hour + 2:02}:00")
    lars.submits()
    minutes_pass(cast, 65)
    lars.hears("Is that still so?", card)
    minutes_pass(cast, 60)
    lars.hears("is not there", card)
    lars.presses("Answer…", lars.reads("Owned by @Lars Holm", _BILLING))
    lars.fills("Your answer", "The bank had sent it back. It went out again this morning.")
    lars.submits()
    case = marek.finds("Refund of 18 November", BOT)
    draft = marek.hears("A draft for the customer", case)
    marek.presses("Write to customer…", draft)
    marek.form("Write to the customer")
    marek.picks("Now", "I have sent it")
    marek.looks("The customer has heard")
    marek.presses("Customer confirmed")
    marek.form("Floorwalker", "confirmed")
    marek.cancels()
