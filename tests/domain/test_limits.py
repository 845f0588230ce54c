"""What a limit excludes, by what explains its name."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.limits import accommodations, limit_names, limit_problems
from bot.domain.rules import RuleId
from bot.domain.rules_work import Piece
from tests.domain.rules_examples import ANA, BERLIN, NEW_YORK, change, found, policy_of, shift

EARLY = {"no early": {"windows": [{"from": "00:00", "to": "08:00", "weekdays": ["monday"]}]}}
NAMES = ["Voice", "german"]


def excluded(limit: str, piece: Piece, said: dict[str, Any] | None = None) -> bool:
    """Whether Ana, who has the limit, is not given the piece."""
    ana = replace(ANA, accommodations=accommodations([limit], said or {}, NAMES, BERLIN))
    return bool(found(change([], [piece], person=ana), policy_of(), RuleId.ACCOMMODATION))


@pytest.mark.parametrize(
    ("limit", "out", "fine"),
    [
        ("no nights", shift(0, 15, 22.25), shift(0, 14, 22)),
        ("No  Nights", shift(1, 5.75, 12), shift(1, 6, 12)),
        ("no weekends", shift(4, 20, 24.25), shift(4, 16, 24)),
        ("no weekends", shift(6, 20, 24.25), shift(7, 0, 8)),
        ("no voice", shift(0, 9, 17, queue="Voice"), shift(0, 9, 17, queue="Mail")),
        ("no German", shift(0, 9, 17, skills=frozenset({"german"})), shift(0, 9, 17, skills=frozenset({"chat"}))),
        ("no early", shift(0, 7, 12), shift(1, 7, 12)),
        ("no early", shift(0, 7, 12), shift(0, 8, 12)),
    ],
)
def test_a_limit_excludes_what_explains_it_and_nothing_else(limit: str, out: Piece, fine: Piece) -> None:
    assert excluded(limit, out, EARLY)
    assert not excluded(limit, fine, EARLY)


def test_what_the_workspace_says_of_a_built_in_limit_holds() -> None:
    said = {"no nights": {"windows": [{"from": "20:00", "to": "07:00"}]}}
    assert excluded("no nights", shift(0, 14, 21), said)
    assert not excluded("no nights", shift(0, 14, 21))


def test_a_limit_that_nothing_explains_any_more_excludes_all_work() -> None:
    assert excluded("no early", shift(2, 9, 17))


def test_hours_are_those_where_the_person_is() -> None:
    [night] = accommodations(["no nights"], {}, [], NEW_YORK)
    ana = replace(ANA, accommodations=(night,))
    evening = shift(0, 14, 22)
    in_new_york = shift(0, 14, 22.25, NEW_YORK)
    assert not found(change([], [evening], person=ana), policy_of(), RuleId.ACCOMMODATION)
    assert found(change([], [in_new_york], person=ana), policy_of(), RuleId.ACCOMMODATION)


def test_every_limit_is_known_by_its_name_in_whatever_letters() -> None:
    assert limit_names(EARLY, NAMES) == {
        "no early": "no early",
        "no nights": "no nights",
        "no weekends": "no weekends",
        "no voice": "no Voice",
        "no german": "no german",
    }


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"reason": "back pain"},
        {"windows": []},
        {"windows": "nights"},
        {"windows": [{"from": "25:00"}]},
        {"windows": [{"from": 22}]},
        {"windows": [{}]},
        {"windows": [{"weekdays": []}]},
        {"windows": [{"weekdays": ["someday"]}]},
        {"windows": [{"from": "22:00+01:00"}]},
        {"queues": "mail"},
        {"skills": [""]},
    ],
)
def test_what_explains_nothing_is_refused_with_what_would(said: dict[str, Any]) -> None:
    [(name, words)] = limit_problems({"no early": said})
    assert name == "no early"
    assert words


def test_a_name_that_a_spreadsheet_could_not_hold_is_refused() -> None:
    assert [
        name for name, _ in limit_problems({"no; yes": {"queues": ["mail"]}, "fine": {"queues": ["mail"]}})
    ] == ["no; yes"]
