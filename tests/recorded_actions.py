"""Which actions the audit can hold: read from every call of ``record(…)``, whatever tests happen to do."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

ACTIONS = Path(__file__).parents[1] / "bot" / "actions"
_RECORD = "record"
_ACTION = 3  # its place among the arguments of ``record``


@dataclass(frozen=True, slots=True)
class _Call:
    """A call, the function in which it stands, the constants that its module has or imports, and its tables."""

    node: ast.Call
    within: ast.FunctionDef | None
    constants: dict[str, str]
    tables: dict[str, set[str]]


def recorded_actions() -> set[str]:
    """Every action that is recorded. Raises AssertionError for one that cannot be read from the code."""
    trees = {f"bot.actions.{path.stem}": ast.parse(path.read_text()) for path in sorted(ACTIONS.glob("*.py"))}
    constants = {module: dict(_constants(tree)) for module, tree in trees.items()}
    calls = [call for tree in trees.values() for call in _calls(tree, constants)]
    found = [call for call in calls if _name(call.node) == _RECORD]
    return {action for call in found for action in _values(_argument(call.node, "action", _ACTION), call, calls)}


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                yield name, text
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                for each, value in zip(names, values, strict=True):
                    if isinstance(each, ast.Name) and isinstance(value, ast.Constant):
                        yield each.id, str(value.value)


def _tables(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict(values=values)):
                yield name, {str(each.value) for each in values if isinstance(each, ast.Constant)}


def _calls(tree: ast.Module, known: dict[str, dict[str, str]]) -> Iterator[_Call]:
    constants, tables = dict(_constants(tree)), dict(_tables(tree))
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            theirs = known.get(node.module or "", {})
            taken = [each for each in node.names if each.name in theirs]
            constants |= {each.asname or each.name: theirs[each.name] for each in taken}

    def visit(node: ast.AST, within: ast.FunctionDef | None) -> Iterator[_Call]:
        if isinstance(node, ast.Call):
            yield _Call(node, within, constants, tables)
        if isinstance(node, ast.FunctionDef):
            within = node
        for child in ast.iter_child_nodes(node):
            yield from visit(child, within)

    return visit(tree, None)


def _values(expression: ast.expr, call: _Call, calls: list[_Call]) -> set[str]:
    """What the expression can be, where the call stands; a parameter is what any caller passes for it."""
    match expression:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.Name(id=name) if name in call.constants:
            return {call.constants[name]}
        case ast.Name(id=name) if call.within and name in (names := [each.arg for each in call.within.args.args]):
            place = names.index(name) - (names[0] in ("self", "cls"))
            callers = [each for each in calls if _name(each.node) == call.within.name]
            return {value for each in callers for value in _values(_argument(each.node, name, place), each, calls)}
        case ast.Subscript(value=ast.Name(id=name)) if name in call.tables:
            return call.tables[name]
        case ast.IfExp(body=one, orelse=other):
            return _values(one, call, calls) | _values(other, call, calls)
        case ast.JoinedStr(values=parts) | ast.FormattedValue(value=ast.JoinedStr(values=parts)):
            return {"".join(each) for each in product(*(_values(part, call, calls) for part in parts))}
        case ast.FormattedValue(value=value):
            return _values(value, call, calls)
    raise AssertionError(f"“{ast.unparse(call.node)}”: write which action it is where it is recorded.")


def _argument(call: ast.Call, name: str, place: int) -> ast.expr:
    by_name = [word.value for word in call.keywords if word.arg == name]
    return by_name[0] if by_name else call.args[place]


def _name(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]
