"""The reports, which come by themselves."""

from bot.demo.cast import Cast
from bot.demo.scenes.absences import minutes_pass

_DESK = "#coordinators"


def mondays_report(cast: Cast) -> None:
    """Monday's report arrives with its chart; why Thursday was bad is one command away"""
    ben = cast("ben")
    minutes_pass(cast, 5)
    ben.finds("The week in figures", _DESK)
    ben.types("/kpi why thu voice")
    ben.reads("Why?")
