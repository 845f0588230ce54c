"""Picking a case in a form: by its number, its title or its customer."""

from collections.abc import Iterable
from typing import Any

from bot.domain.cases_named import CaseNamed
from bot.views.blocks import Block
from bot.views.cases_words import case_title
from bot.views.forms import field, option, plain_text, searching_select

# Every menu whose name ends so is answered with cases.
CASE = ".case"
_HINT = "Type its number, its title or the customer"


def case_field(
    label: str, name: str, chosen: CaseNamed | None = None, *, optional: bool = False, hint: str = ""
) -> Block:
    """A menu that searches; its name ends with ``CASE``."""
    if not name.endswith(CASE):
        raise ValueError(f"{name} is no name for a menu of cases")
    element = searching_select(case_option(chosen) if chosen else None)
    return field(label, name, {**element, "placeholder": plain_text(_HINT)}, optional=optional, hint=hint)


def case_option(case: CaseNamed) -> Block:
    """A case to choose."""
    return option(case_title(case), str(case.id))


def case_options(cases: Iterable[CaseNamed]) -> list[dict[str, Any]]:
    """Cases to choose from."""
    return [case_option(each) for each in cases]
