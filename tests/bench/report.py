"""How figures are taken and printed."""

import time
from collections.abc import Callable, Sequence
from statistics import median


def timed(act: Callable[[], object]) -> float:
    """How long the act takes, in milliseconds."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def percentile(figures: Sequence[float], share: float) -> float:
    """The figure that this share of them does not exceed."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(figures: Sequence[float]) -> str:
    """Median and 99th percentile, in milliseconds."""
    return f"p50 {median(figures):6.1f} ms, p99 {percentile(figures, 0.99):6.1f} ms"


def say(what: str, ours: str, yardstick: str, ratio: float, goal: str) -> None:
    """One line of the table."""
    # The only output of a benchmark is what it prints.
    print(f"{what:<44} {ours}\n{'  yardstick':<44} {yardstick}\n{'  ratio':<44} {ratio:.2f} (goal {goal})\n")  # noqa: T201
