"""What a bank's calls of some weeks were foretold to be, against expecting those of the week before."""

from bot.domain.forecast import History, error
from tests.bench.report import say
from tests.domain import bank

WEEKS = 8


def run() -> None:
    """Prints the row; nothing where the calls do not lie beside the project."""
    if not bank.CALLS.exists():
        return
    found = error(History.of(bank.calls(), bank.ZONE, {}), WEEKS)
    if found is None:
        raise AssertionError("half a year is history enough")
    say(
        f"a bank's calls per half hour, last {WEEKS} weeks",
        f"WAPE {found.wape:.1%}",
        f"same as last week {found.last_week:.1%}",
        found.wape / found.last_week,
        "< 1",
    )
