"""Home: everybody's desk, which is right without being opened again."""

from bot.demo.cast import Cast


def the_desks(cast: Cast) -> None:
    """Home in the morning: an agent's day, a lead's floor, a coordinator's decisions"""
    ana, carla, ben = cast("ana"), cast("carla"), cast("ben")
    ana.opens_home()
    ana.sees_home("You work 13:00–21:00")
    carla.opens_home()
    carla.sees_home("On now", "The floor today")
    ben.opens_home()
    ben.sees_home("Time off to decide · 2", "Time off to decide")


def a_swap_from_home_to_home(cast: Cast) -> None:
    """A swap from Home to Home: both change by themselves, nobody opens anything again"""
    ana, felix = cast("ana"), cast("felix")
    felix.opens_home()
    home = felix.sees_home("Nothing right now", "Waiting for you")
    ana.presses("Swap…", ana.sees_home("Your next 7 days", "Your requests"), beside=cast.written(1, 1))
    ana.picks("With", "@felix")
    ana.picks("For their shift", f"{cast.listed(1, 5)}, 13:00–21:00 · voice")
    ana.submits()
    felix.sees_home("asks you", "Waiting for you")
    felix.presses("Accept", home)
    felix.sees_home("can undo it", "Waiting for you", "Your next 7 days")
    ana.sees_home("can undo it", "Your next 7 days", "Your requests")
