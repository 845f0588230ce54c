"""Rules about the code itself that no other tool holds."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.quiet_imports import PACKAGES

ROOT = Path(__file__).parent.parent
FILES = sorted(
    path.relative_to(ROOT)
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "versions" not in path.parts  # revisions are history, in a form that Alembic gives
)
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("date", "today"),
    ("func", "now"),
    ("func", "current_timestamp"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
}

Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def _tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(), str(path))


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def _clock_readings(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name):
                if (owner, name) in CLOCKS:
                    yield node.lineno
            case ast.ImportFrom(module="time", names=names):
                if any(("time", alias.name) in CLOCKS for alias in names):
                    yield node.lineno


def _is_public(definition: Definition) -> bool:
    return not definition.name.startswith("_")


def _decorators(definition: Definition) -> set[str]:
    names = [ast.unparse(decorator).partition("(")[0] for decorator in definition.decorator_list]
    return {name.rpartition(".")[2] for name in names}


def _explained_elsewhere(module: str, owner: ast.ClassDef, method: Definition) -> bool:
    """Whether a class above says what the method is, or pydantic or a property's getter does."""
    if _decorators(method) & {"field_validator", "model_validator", "field_serializer", "setter", "overload"}:
        return True
    bases = getattr(importlib.import_module(module), owner.name).__mro__[1:]
    return any(method.name in vars(base) for base in bases)


def _unexplained(path: Path) -> Iterator[str]:
    tree = _tree(path)
    if not ast.get_docstring(tree):
        yield str(path)
    module = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    for definition in filter(_is_public, (node for node in tree.body if isinstance(node, Definition))):
        if not ast.get_docstring(definition):
            yield f"{path}:{definition.lineno} {definition.name}"
        if isinstance(definition, ast.ClassDef):
            for method in filter(_is_public, (node for node in definition.body if isinstance(node, Definition))):
                if not ast.get_docstring(method) and not _explained_elsewhere(module, definition, method):
                    yield f"{path}:{method.lineno} {definition.name}.{method.name}"


def test_the_rules_of_the_trade_need_the_standard_library_only() -> None:
    files = [path for path in FILES if path.parts[:2] == ("bot", "domain")]
    assert files
    foreign = [
        f"{path} imports {name}"
        for path in files
        for name in _imported(_tree(path))
        if name.partition(".")[0] not in sys.stdlib_module_names and not f"{name}.".startswith("bot.domain.")
    ]
    assert foreign == []


def test_only_deps_and_the_sandbox_read_the_time() -> None:
    allowed = (Path("bot/deps.py"), Path("bot/sandbox"))
    readings = [
        f"{path}:{line}"
        for path in FILES
        if not any(path.is_relative_to(place) for place in allowed)
        for line in _clock_readings(_tree(path))
    ]
    assert readings == []


@pytest.mark.parametrize(
    "code",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "dt.date.today()",
        "time.time()",
        "from time import time",
        "select(func.now())",
        "field(default_factory=datetime.now)",
    ],
)
def test_every_way_to_read_the_time_is_known(code: str) -> None:
    assert list(_clock_readings(ast.parse(code))) == [1]


def test_what_only_looks_like_a_clock_is_let_through() -> None:
    code = "deps.clock()\nclock.now()\ntime(9, 30)\ntime.monotonic()\nfrom datetime import time"
    assert list(_clock_readings(ast.parse(code))) == []


def test_nothing_happens_at_import() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.quiet_imports"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_what_is_public_is_explained() -> None:
    assert [gap for path in FILES for gap in _unexplained(path)] == []
