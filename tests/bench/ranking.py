"""Who can step in, among 150 people: the ranking's time, and its cost against an exact optimum.

The optimum is CP-SAT's (``uv run --group bench python -m tests.bench``): each gap is given to one person at most,
nobody is given two that the rules do not allow together, what is left open costs most, then who did not opt in,
then the share of the contract. What only three gaps together would break is left out, so it is at most too low.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import combinations
from random import Random
from statistics import median
from typing import Any
from uuid import UUID

from bot.domain.fairness import Burden, Hardship
from bot.domain.jurisdictions import Jurisdiction
from bot.domain.ranking import Candidate, Place, fill, first, is_legal, rank
from bot.domain.rules_work import Person, Piece, Work
from bot.domain.wishes import Asking, Wish
from tests.bench.report import percentile, say, timed
from tests.domain.rules_examples import BERLIN, NOW, policy_of, shift

PEOPLE, GAPS, ROUNDS = 150, 12, 20
_OPEN, _ASKED_UNSAID = 1000, 100
_SKILLS = ("chat", "mail", "voice", "english", "german")


def run() -> None:
    """Prints both rows."""
    random = Random(20261121)
    floors = [(_floor(random), _gaps(random)) for _ in range(ROUNDS)]
    ours = [timed(partial(_first_five, gaps, floor)) / GAPS for floor, gaps in floors]
    say(
        f"who can step in, {PEOPLE} people, first five",
        f"p50 {median(ours):.1f} ms, p95 {percentile(ours, 0.95):.1f} ms",
        "5 ms",
        median(ours) / 5,
        "≤ 1",
    )
    solve = _solver()
    if solve is None:
        return
    costs = [(_cost(fill(gaps, floor, NOW), gaps), solve(gaps, floor)) for floor, gaps in floors]
    greedy, exact = (sum(column) for column in zip(*costs, strict=True))
    say(
        f"{GAPS} gaps filled by the ranking, cost",
        f"{greedy}",
        f"CP-SAT optimum {exact}",
        greedy / exact,
        "≤ 1.06",
    )


def _first_five(gaps: Sequence[Piece], floor: Sequence[Candidate]) -> None:
    for gap in gaps:
        first(rank(gap, floor, NOW), 5)


def _floor(random: Random) -> list[Candidate]:
    policy = policy_of(Jurisdiction.EU)

    def somebody(number: int) -> Candidate:
        start, off = random.choice([6, 8, 10, 14, 22]), random.randrange(7)
        skills = frozenset(random.sample(_SKILLS, 3))
        pieces = [
            shift(day, start, start + 8, queue="chat")
            for day in range(-14, 42)
            if (day + off) % 7 < random.choice([4, 5])
        ]
        person = Person(UUID(int=number), BERLIN, skills=skills, weekly_minutes=random.choice([20, 30, 40]) * 60)
        return Candidate(
            person,
            policy,
            Work.of(pieces, BERLIN),
            Wish(random.choice([Asking.GLADLY, Asking.UNSAID, Asking.UNSAID])),
            Burden({Hardship.NIGHT: random.randrange(20), Hardship.WEEKEND: random.randrange(20)}),
            random.choice([None, NOW - timedelta(days=random.randrange(1, 60))]),
        )

    return [somebody(number) for number in range(1, PEOPLE + 1)]


def _gaps(random: Random) -> list[Piece]:
    """A bad week: twelve gaps in seven days, of four or eight hours."""
    return [
        shift(day, start, start + random.choice([4, 8]), queue=skill, skills=frozenset({skill, "german"}))
        for day in range(7)
        for start, skill in random.sample([(6, "chat"), (9, "mail"), (14, "voice"), (22, "chat")], 2)
    ][:GAPS]


def _price(place: Place) -> int:
    return place.share + (0 if place.asking is Asking.GLADLY else _ASKED_UNSAID)


def _cost(filled: dict[Piece, Place], gaps: Sequence[Piece]) -> int:
    return sum(_price(filled[gap]) if gap in filled else _OPEN for gap in gaps)


def _both(candidate: Candidate, one: Piece, other: Piece) -> bool:
    return is_legal(replace(candidate, work=candidate.work.changed((one,), ())), other, NOW)


def _solver() -> Any:
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        print("no exact optimum: it takes `uv run --group bench`\n")  # noqa: T201
        return None

    def solve(gaps: Sequence[Piece], floor: Sequence[Candidate]) -> int:
        model = cp_model.CpModel()
        terms: list[Any] = []
        taken: dict[UUID, list[tuple[Piece, Any]]] = {}
        for gap in gaps:
            variables = []
            for place in rank(gap, floor, NOW):
                if place.whole:
                    variables.append(model.new_bool_var(""))
                    taken.setdefault(place.person_id, []).append((gap, variables[-1]))
                    terms.append(_price(place) * variables[-1])
            unfilled = model.new_bool_var("")
            terms.append(_OPEN * unfilled)
            model.add_exactly_one([*variables, unfilled])
        people = {each.person.id: each for each in floor}
        for person_id, chosen in taken.items():
            for (one, first_variable), (other, second_variable) in combinations(chosen, 2):
                if not _both(people[person_id], one, other):
                    model.add_at_most_one([first_variable, second_variable])
        model.minimize(sum(terms))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        if solver.solve(model) != cp_model.OPTIMAL:
            raise RuntimeError("no optimum was found")
        cost: int = round(solver.objective_value)
        return cost

    return solve
