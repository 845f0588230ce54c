"""What the team knows: found though misspelt, kept true, and announced until everybody has read it."""

from bot.demo.cast import BOT, Cast


def found_and_mended(cast: Cast) -> None:
    """Knowledge: a misspelt search finds the article, somebody says what is wrong, and hears when it is mended"""
    hiro, kavya = cast("hiro"), cast("kavya")
    hiro.types("/kb refnd after 30 days")
    found = hiro.reads("Refunds after 30 days")
    hiro.presses("Outdated?", found, beside="Refunds after 30 days")
    hiro.fills("What is wrong or missing", "Since November the voucher is 25 €")
    hiro.saves("@Kavya Rao was told")
    kavya.presses("Edit…", kavya.reads("the voucher is 25 €", BOT))
    before = kavya.person.sees_modal().fields["Text"]
    kavya.fills("Text", before.replace("20 €", "25 €"))
    kavya.picks("Reports that this settles", "Since November the voucher is 25 €")
    kavya.saves("is published")
    hiro.reads("Refunds after 30 days", BOT)


def read_by_all_but_one(cast: Cast) -> None:
    """An announcement: everybody sees how many have read it, and only its author who has not"""
    carla, voice = cast("carla"), ("ana", "eva", "felix")
    carla.types("/announce")
    carla.fills("Title", "Calling back")
    carla.fills("Text", "Please call back *from the queue only*, so that every call is counted.")
    carla.picks("Also these people", [f"@{each}" for each in voice])
    carla.form("Announce something", "Reaches 3 people")
    carla.saves("Calling back")
    for each in voice[:-1]:
        reader = cast(each)
        reader.presses("I have read it", reader.finds("so that every call is counted", BOT))
    carla.presses("Who has read it", carla.finds("2 of 3 have read it", BOT))
    carla.reads("@Felix Brandt", BOT)
