"""The rules of who may work what, as a coordinator makes them stricter or adds to them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.domain.rules import MEASURES, Kind, RuleId, Setting
from bot.domain.settings_shown import SettingsShown
from bot.views.blocks import Block, context
from bot.views.forms import View, changed, field, modal, number_input, option, select, text_input
from bot.views.settings import TITLE, USUAL, whose
from bot.views.settings_words import (
    BROKEN,
    EFFECTS,
    NOT_CHECKED,
    RULES,
    limit_label,
    rule_words,
    setting_words,
)

FORM = "settings.rules"
_FIXED = (Kind.FACT, Kind.PROMISE)
_EFFECT, _LIMIT, _AGREEMENT = "effect", "limit", "derogated"
_HEAD = (
    "An empty limit and “As usual” leave a rule as it is. Beyond these, nobody works who has left, in the past, "
    "or twice at once. Limits of the law can only be made stricter. This is no legal advice."
)

Rules = Mapping[str, Mapping[str, Any]]


def rules_form(shown: SettingsShown) -> View:
    """Every rule with what usually holds, and what is said in this scope."""
    own = shown.own.get("rules", {})
    said = [(rule, shown.rules.get(rule)) for rule in RULES]
    changeable = [(rule, usual) for rule, usual in said if usual is None or usual.kind not in _FIXED]
    blocks = [block for rule, usual in changeable for block in _rule(rule, usual, own.get(rule, {}))]
    head = context(f"Rules · {whose(shown.scope)}\n{_HEAD}")
    return modal(TITLE, head, *blocks, callback_id=FORM, submit="Save", metadata=shown.scope.id)


def read_rules(view: View, own: Rules) -> dict[str, dict[str, Any]]:
    """The rules of the scope with what was changed of them; what the form does not show stays."""
    rules = {rule: dict(said) for rule, said in own.items()}
    for name, value in changed(view).items():
        kind, rule = name.removeprefix(f"{FORM}.").split(":")
        said = rules.setdefault(rule, {})
        if value in (None, "", USUAL):
            said.pop(kind, None)
        else:
            said[kind] = float(value) if kind == _LIMIT else value
    return {rule: said for rule, said in rules.items() if said}


def rules_errors(problems: Iterable[tuple[str, str]], said: Rules, shown: SettingsShown) -> dict[str, str]:
    """What is wrong with a rule, at the field that it lies in."""
    found: dict[str, str] = {}
    for name, words in problems:
        rule = RuleId(name)
        lacks = shown.rules.get(rule) is None or "limit" in said.get(name, {})
        kind = _LIMIT if rule in MEASURES and lacks else _EFFECT
        found.setdefault(_name(kind, rule), f"{words[0].upper()}{words[1:]}.")
    return found


def own_rules(shown: SettingsShown) -> list[str]:
    """The rules that are said in this scope, in words."""
    lines = []
    for name, said in shown.own.get("rules", {}).items():
        rule = RuleId(name)
        lines.append(f"{RULES.get(rule, rule)}: *{rule_words(rule, said)}*")
    return lines


def _rule(rule: RuleId, usual: Setting | None, said: Mapping[str, Any]) -> Iterator[Block]:
    as_usual = option(f"As usual: {EFFECTS[usual.effect] if usual else NOT_CHECKED}", USUAL)
    effects = [as_usual, *(option(text, effect) for effect, text in EFFECTS.items())]
    menu = select(effects, said.get("effect", USUAL))
    yield field(BROKEN[rule], _name(_EFFECT, rule), menu, hint=f"As usual: {setting_words(rule, usual)}")
    if rule in MEASURES:
        measure = MEASURES[rule]
        whole = measure.highest == 366
        law = f"{usual.limit:g}" if usual and usual.limit is not None else ""
        number = number_input(said.get("limit"), least=0, most=measure.highest, whole=whole, usual=law)
        yield field(limit_label(rule), _name(_LIMIT, rule), number, optional=True)
    if usual and usual.kind is Kind.LEGAL and usual.derogation:
        label = f"{RULES[rule]}: agreement that sets the law's limit aside"
        agreement = text_input(said.get("derogated", ""))
        hint = f"Only where your country's law or a collective agreement allows it ({usual.derogation}): its name."
        yield field(label, _name(_AGREEMENT, rule), agreement, optional=True, hint=hint)


def _name(kind: str, rule: RuleId) -> str:
    return f"{FORM}.{kind}:{rule}"
