"""What the cards of everything that people ask for have in common: swaps, covers."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from bot.domain.intervals import Interval
from bot.domain.rules import Finding
from bot.domain.shifts import Somebody
from bot.domain.swaps_review import Review
from bot.domain.wallclock import local_date
from bot.views.blocks import Block, context, paragraphs, section
from bot.views.coverage_effect import summary_lines
from bot.views.findings import RULES, finding_words, listed, side_words
from bot.views.formats import Formats, escape, person, shorten

_QUOTED = 2500  # characters; a paragraph has at most 3,000, and the name of an author takes some
_SAID, _NAME = 400, 80


def work_words(interval: Interval, queue: str | None, formats: Formats) -> str:
    """Day, hours and queue, as they are written in plain text and never as "tomorrow"."""
    day = formats.day(local_date(interval.start, formats.zone))
    return f"{day}, {formats.hours(interval)}{queue_words(queue)}"


def queue_words(queue: str | None) -> str:
    """What follows the hours of work that is for a queue."""
    return f" · {escape(shorten(queue, _NAME))}" if queue else ""


def doer_words(doer: Somebody | None, whose: Somebody) -> str:
    """By whom something was done that was theirs to do: by themselves (None), or by a proxy for them."""
    if doer is None or doer.member_id == whose.member_id:
        return f"by {person(whose)}"
    return f"by {person(doer)} for {person(whose)}"


def said(text: str | None) -> str:
    """What somebody gave as a reason, within a sentence."""
    return f" “{escape(shorten(text, _SAID))}”" if text else ""


def quote(author: Somebody, text: str) -> Block:
    """What somebody wrote, as much of it as a paragraph holds; escaped, a character takes up to five."""
    length, escaped = len(text), escape(text)
    while len(escaped) > _QUOTED:
        length = length * _QUOTED // len(escaped) - 1
        escaped = escape(shorten(text, length))
    return section(f"{person(author)}: “{escaped}”")


def zone_line(formats: Formats, said: str = "") -> Block:
    """In which zone the times are, after what else is to be said in small."""
    zone = formats.zone.key.replace("_", " ")
    return context(f"{said} · times in {zone}" if said else f"Times in {zone}")


def review_blocks(
    review: Review,
    people: Mapping[UUID, Somebody],
    formats: Formats,
    impossible: str = "Not possible, and nobody may approve it",
) -> Iterator[Block]:
    """All that approvers look at: every broken rule, what it does to coverage, hours and cost.

    ``impossible`` is the title of what nobody may approve.
    """
    firm = [finding_words(each, people, formats) for each in review.firm]
    denied = [finding_words(each, people, formats) for each in review.denials if not each.is_firm]
    looked_at = [finding_words(each, people, formats) for each in review.findings if not each.denies]
    costs = any(side.cost.money for side in review.sides)
    if not review.findings:
        yield section("No rule is broken.")
    for title, lines in (
        (impossible, firm),
        ("Denied by policy", denied),
        ("To look at", looked_at),
        ("Coverage", summary_lines(review.coverage, formats)),
        ("Hours and cost" if costs else "Hours", [side_words(side, people, formats) for side in review.sides]),
    ):
        if lines:
            yield from paragraphs([f"*{title}*", *listed(lines)])


def found_words(review: Review) -> str:
    """What stands in the way, by name; numbers and people are in the review itself."""
    looked_at = [each for each in review.findings if not each.denies]
    titled = (("In the way", review.denials), ("To look at", looked_at))
    said = [f"{title}: {_rules(findings)}" for title, findings in titled if findings]
    return " · ".join(said) or "No rule is broken."


def anyway_line(review: Review) -> Iterator[Block]:
    """What was in the way of what was approved all the same; nothing where nothing was."""
    if review.denials:
        yield context(f"Approved although this was in the way: {_rules(review.denials)}")


def _rules(findings: Sequence[Finding]) -> str:
    return ", ".join(dict.fromkeys(RULES[each.rule] for each in findings))
