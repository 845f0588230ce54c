"""What the tour prints is fit for a terminal, and what an actor claims is checked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo.cast import BOT, Cast
from bot.demo.script import Script
from bot.demo.stage import Stage, staged
from bot.demo.tour import opening
from tests.demo.test_stage import SUNDAY


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with staged(tmp_path, at=opening(SUNDAY)) as stage:
        yield stage


def test_long_lines_are_broken_between_words_and_addresses_never() -> None:
    printed: list[str] = []
    address = "http://127.0.0.1/" + 150 * "x"
    Script(printed.append, {}).saw("Ana", "#floor", f"{'word ' * 40}\n{address}", ["Accept", "Accept"])
    assert printed[0] == "      Ana reads    #floor:"
    assert [line.split("│ ")[1].split() for line in printed[1:4]] == [["word"] * 19, ["word"] * 19, ["word"] * 2]
    assert printed[4].endswith(f"│ {address}")
    assert printed[5].endswith("│ [Accept] × 2")


@pytest.mark.parametrize(
    ("words", "read"),
    [(["a"], ["a", "…"]), (["b", "c"], ["…", "b", "c", "…"]), (["d"], ["…", "d"])],
)
def test_what_is_left_out_of_a_text_is_marked(words: list[str], read: list[str]) -> None:
    printed: list[str] = []
    Script(printed.append, {}).saw_lines("Ana", "#floor", "a\nb\nc\nd", words)
    assert [line.split("│ ")[1] for line in printed[1:]] == read


def test_what_is_not_so_is_not_claimed(stage: Stage) -> None:
    cast = Cast(stage)
    ana, felix = cast("ana", patience=0.2), cast("felix")
    ana.has_nothing("is waiting", BOT)
    for actor in (ana, felix):
        actor.types("good morning")
    with pytest.raises(AssertionError, match=r"reads already: .*: good morning"):
        felix.has_nothing("good morning", "#floor")
    with pytest.raises(AssertionError, match="2 times"):
        ana.finds_once("good morning", "#floor")
    ana.types(f"/swap {cast.typed(1, 1)} with @felix")
    with pytest.raises(AssertionError, match="“All is set up” is not in"):
        ana.form("Swap a shift", "All is set up")
    with pytest.raises(AssertionError, match="is offered"):
        ana.is_offered("For their shift")
