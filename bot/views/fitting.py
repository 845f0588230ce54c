"""As much of a list as a message holds."""

from collections.abc import Sequence


def fitting(lines: Sequence[str], most: int, longest: int, noun: str) -> list[str]:
    """The first of the lines, so many and so many characters in all; then how many there are left, of what."""
    shown: list[str] = []
    for line in lines[:most]:
        if sum(map(len, shown)) + len(line) > longest:
            break
        shown.append(line)
    more = len(lines) - len(shown)
    return [*shown, f"• and {more} more {noun}"] if more else shown
