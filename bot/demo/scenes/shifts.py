"""Who works when."""

from bot.demo.cast import Cast


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
