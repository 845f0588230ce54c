"""What a change does to coverage, in few words: heads before and after, and the service level."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.domain.coverage_effect import Effect, EffectShown, Summary
from bot.domain.coverage_levels import Level
from bot.domain.wallclock import ONE_DAY, local_date
from bot.views.coverage import heads, level_words, percent_met, post_name
from bot.views.formats import Formats, amount

_MOST, _MOST_RANGES = 15, 6
NO_EFFECT = "No queue has fewer people than before."


def effect_lines(shown: EffectShown, formats: Formats, most: int = _MOST) -> list[str]:
    """By day and queue; where nothing changes, or nobody is planned yet, that."""
    lines = summary_lines(shown.summaries, formats, most)
    if shown.unplanned:
        lines.append(f"{_ranges(shown.unplanned, formats)}: nobody is planned yet")
    return lines or [NO_EFFECT]


def summary_lines(summaries: Iterable[Summary], formats: Formats, most: int = _MOST) -> list[str]:
    """One line for each, those that leave too few people before others where there are too many to read."""
    every = list(summaries)
    left_out = len(every) - most
    if left_out <= 0:
        return [summary_words(each, formats) for each in every]
    first = sorted(every, key=lambda each: each.worst.missing, reverse=True)[:most]
    return [*(summary_words(each, formats) for each in every if each in first), f"and {left_out} more"]


def summary_words(summary: Summary, formats: Formats) -> str:
    """When and where: "Thu, Dec 24, 09:00–17:00 · Billing 5 → 4 of 5 needed; worst 14:00–15:00: 4 → 3 of 5"."""
    day = formats.day(local_date(summary.interval.start, formats.zone))
    return f"{day}, {formats.hours(summary.interval)} · {change_words(summary, formats)}"


def change_words(summary: Summary, formats: Formats) -> str:
    """The same without a day."""
    usual, worst = summary.usual, summary.worst
    said = f"{post_name(summary.post)} {_heads(usual)}{' needed' if usual.required else ''}"
    # The service level is that of the whole time, so it stands before the worst of it.
    if levels := _levels(summary.before, summary.after):
        said += f"; {levels}"
    if (worst.after, worst.required) != (usual.after, usual.required):
        said += f"; worst {formats.hours(worst.interval)}: {_heads(worst)}"
    return said


def _heads(effect: Effect) -> str:
    begins = f"{heads(effect.before)} →" if effect.changes else "stays at"
    needed = f" of {heads(effect.required)}" if effect.required else ""
    return f"{begins} {heads(effect.after)}{needed}"


def _levels(before: Level | None, after: Level | None) -> str | None:
    """None where none is known, or it stays the same."""
    if before is None or after is None:
        return None
    one, other = level_words(before), level_words(after)
    if one == other:
        return None
    if before.service_level is None or after.service_level is None:
        return f"{one} → {other}"
    percents = percent_met(before.service_level), percent_met(after.service_level)
    return f"service level {percents[0]} → {amount(f'{percents[1]}', '%')}"


def _ranges(found: Sequence[date], formats: Formats) -> str:
    """Days that follow each other are a range."""
    starts = [day for day in found if day - ONE_DAY not in found]
    ends = [day for day in found if day + ONE_DAY not in found]
    said = [formats.days(*each) for each in zip(starts, ends, strict=True)]
    more = ["later days"] if len(said) > _MOST_RANGES else []
    return ", ".join([*said[:_MOST_RANGES], *more])
