"""What somebody had of the work that nobody likes to have more of than the others."""

from bot.domain.fairness import Hardship, Share
from bot.views.formats import Formats

_WORDS = {
    Hardship.NIGHT: ("night", "nights"),
    Hardship.WEEKEND: ("weekend shift", "weekend shifts"),
    Hardship.HOLIDAY: ("holiday", "holidays"),
    Hardship.LAST_MINUTE: ("last-minute cover", "last-minute covers"),
}
_BESIDE = " Usual on the floor: half of it had more, half less."


def share_line(share: Share, formats: Formats) -> str:
    """What it was since when: "You worked 14 nights (usual: 11) since Sat, Nov 1, 2025."."""
    usual = share.usual or {}
    parts = []
    for each, (one, several) in _WORDS.items():
        had = share.had.of((each,))
        if had or usual.get(each):
            beside = f" (usual: {usual[each]:g})" if each in usual else ""
            parts.append(f"{had or 'no'} {one if had == 1 else several}{beside}")
    what = ", ".join(parts) or "no nights, weekends, holidays or last-minute covers"
    since = formats.day(share.since, share.since.replace(year=share.since.year + 1))
    return f"You worked {what} since {since}.{_BESIDE if parts and usual else ''}"
