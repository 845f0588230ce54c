"""Follows ``workspace_id`` through a statement of SQLAlchemy's: is each table bound, and to which workspace?"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    ClauseElement,
    ColumnClause,
    Delete,
    Insert,
    Join,
    Lateral,
    Select,
    TableClause,
    TextClause,
    Update,
)
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import BinaryExpression, BooleanClauseList, Grouping
from sqlalchemy.sql.selectable import AliasedReturnsRows, FromGrouping, SelectState, Subquery


class OutOfSight(Exception):
    """A table of a workspace occurs without its ``workspace_id`` being bound."""


@dataclass(frozen=True)
class _Condition:
    """``subject.workspace_id = source``; the source is a table that has to be bound too, or a parameter: None."""

    subject: Any
    source: Any | None


@dataclass(frozen=True)
class _Scope:
    """The tables that a subquery can refer to: those of the statement around it, and of all around that."""

    near: frozenset[Any] = frozenset()
    all: frozenset[Any] = frozenset()
    bound: frozenset[Any] = frozenset()

    def within(self, tables: Iterable[Any], bound: Iterable[Any]) -> "_Scope":
        near = frozenset(tables)
        return _Scope(near, self.all | near, frozenset(bound))


def workspaces(named: Iterable[Any], rows: Sequence[Mapping[str, Any]]) -> set[object]:
    """Which workspaces a statement names, executed with these rows of parameters."""
    found: set[object] = set()
    for value in named:
        if not isinstance(value, BindParameter):
            found.add(value)
        elif given := [row[value.key] for row in rows if value.key in row]:
            found.update(given)
        else:
            found.add(value.effective_value)
    return found


class Sightline:
    """One statement, executed with these rows; ``named`` are the values and parameters that it is bound to."""

    def __init__(self, guarded: frozenset[str], rows: Sequence[Mapping[str, Any]]) -> None:
        self.named: list[Any] = []
        self._guarded = guarded
        self._rows = rows

    def follow(self, statement: Any) -> None:
        """Raises OutOfSight for the first table that is not bound to a workspace."""
        if isinstance(statement, str):
            self._text(statement)
        else:
            self._visit(getattr(statement, "statement", statement), _Scope())

    def _visit(self, element: Any, scope: _Scope) -> None:
        match element:
            case Select():
                self._select(element, scope)
            case Update() | Delete():
                self._change(element, scope)
            case Insert():
                self._insert(element, scope)
            case TextClause():
                self._text(element.text)
                self.named += (p for p in element._bindparams.values() if p.key == "workspace_id")
            case ColumnClause(is_literal=True):
                self._text(element.name)
            case Lateral():
                inner = element.element
                self._visit(inner.element if isinstance(inner, Subquery) else inner, scope)
            case AliasedReturnsRows():  # what stands in a FROM refers to nothing around it
                self._visit(element.element, _Scope())
            case TableClause():
                pass
            case ClauseElement():
                for child in element.get_children():
                    self._visit(child, scope)

    def _text(self, sql: str) -> None:
        words = set(re.findall(r"\w+", sql.lower()))
        tables = sorted(words & self._guarded)
        if tables and "workspace_id" not in words:
            raise OutOfSight(f"Text names {tables[0]} and not workspace_id.")

    def _select(self, select: Any, scope: _Scope) -> None:
        # SQLAlchemy's own rule, so that what is followed is what will be sent.
        shown = SelectState._correlate_froms(
            list(select.get_final_froms()),
            select,
            select._correlate,
            select._correlate_except,
            select._auto_correlate,
            tuple(scope.all),
            tuple(scope.near),
        )
        conditions = [*self._conditions(select.whereclause)]
        for root in shown:
            conditions += self._conditions_of_joins(root)
        inner = self._bind([leaf for root in shown for leaf in _leaves(root)], conditions, scope)
        for part in (*shown, *select.get_children()):
            self._visit(part, inner)

    def _change(self, change: Any, scope: _Scope) -> None:
        values = _set_by(change)
        if sets_workspace(values) or (isinstance(change, Update) and any(map(sets_workspace, self._rows))):
            raise OutOfSight(f"Rows of {change.table.name} would move to another workspace.")
        mentioned = [part for part in (change.whereclause, *values.values()) if isinstance(part, ClauseElement)]
        tables = [change.table, *(table for part in mentioned for table in part._from_objects)]
        inner = self._bind(tables, [*self._conditions(change.whereclause)], scope)
        for part in (*tables, *change.get_children()):
            self._visit(part, inner)

    def _insert(self, insert: Any, scope: _Scope) -> None:
        table = insert.table
        if table.name in self._guarded:
            owners = list(_owners(insert, self._rows))
            if not owners or any(owner is None for owner in owners):
                raise OutOfSight(f"Rows for {table.name} do not say which workspace they belong to.")
            for owner in owners:
                self._name_owner(table, owner)
        if sets_workspace(_on_conflict(insert)):
            raise OutOfSight(f"Rows of {table.name} would move to another workspace.")
        inner = scope.within([table], scope.bound | {table})
        for part in (*_on_conflict(insert).values(), *insert.get_children()):
            if isinstance(part, ClauseElement):
                self._visit(part, inner)

    def _name_owner(self, table: Any, owner: Any) -> None:
        if not isinstance(owner, ClauseElement) or isinstance(owner, BindParameter):
            self.named.append(owner)
        elif not self._leads_to_workspace(owner):
            raise OutOfSight(f"Rows for {table.name} take their workspace from {owner}.")

    def _bind(self, tables: Sequence[Any], conditions: Sequence[_Condition], scope: _Scope) -> _Scope:
        """The scope inside a statement on these tables; refuses one that the conditions leave unbound."""
        bound = set(scope.bound) - set(tables)
        while more := {c.subject for c in conditions if c.source is None or c.source in bound} - bound:
            bound |= more
        for table in tables:
            name = _stored_name(table)
            if name in self._guarded and table not in bound:
                raise OutOfSight(f"{name} is not bound to a workspace.")
        return scope.within(tables, bound)

    def _conditions(self, clause: Any) -> Iterator[_Condition]:
        for part in _conjuncts(clause):
            if not isinstance(part, BinaryExpression) or part.operator is not operators.eq:
                continue
            for subject, source in ((part.left, part.right), (part.right, part.left)):
                if not _is_workspace_id(subject):
                    continue
                if isinstance(source, BindParameter):
                    self.named.append(source)
                    yield _Condition(subject.table, None)
                elif _is_workspace_id(source):
                    derived = _stored_name(source.table) is None and self._leads_to_workspace(source)
                    yield _Condition(subject.table, None if derived else source.table)

    def _conditions_of_joins(self, shown: Any) -> Iterator[_Condition]:
        if isinstance(shown, FromGrouping):
            yield from self._conditions_of_joins(shown.element)
        if not isinstance(shown, Join):
            return
        yield from self._conditions_of_joins(shown.left)
        yield from self._conditions_of_joins(shown.right)
        # The condition of an outer join keeps no row away that the outer side has.
        restricted = set(_leaves(shown.right if shown.isouter else shown))
        if not shown.full:
            yield from (c for c in self._conditions(shown.onclause) if c.subject in restricted)

    def _leads_to_workspace(self, column: Any) -> bool:
        """Whether the column of a subquery is a ``workspace_id`` that was bound in there."""
        return all(_is_workspace_id(base) and base.table.name in self._guarded for base in column.base_columns)


def _leaves(shown: Any) -> Iterator[Any]:
    if isinstance(shown, Join):
        yield from _leaves(shown.left)
        yield from _leaves(shown.right)
    elif isinstance(shown, FromGrouping):
        yield from _leaves(shown.element)
    else:
        yield shown


def _stored_name(table: Any) -> str | None:
    """The table's name, also behind an alias; None for what a query produces."""
    while isinstance(table, AliasedReturnsRows):
        table = table.element
    return table.name if isinstance(table, TableClause) else None


def _conjuncts(clause: Any) -> Iterator[Any]:
    if isinstance(clause, Grouping):
        yield from _conjuncts(clause.element)
    elif isinstance(clause, BooleanClauseList) and clause.operator is operators.and_:
        for part in clause.clauses:
            yield from _conjuncts(part)
    else:
        yield clause


def _is_workspace_id(element: Any) -> bool:
    return isinstance(element, ColumnClause) and element.name == "workspace_id" and element.table is not None


def sets_workspace(values: Mapping[Any, Any]) -> bool:
    return any(getattr(column, "name", column) == "workspace_id" for column in values)


def _on_conflict(insert: Any) -> Mapping[Any, Any]:
    return dict(getattr(insert._post_values_clause, "update_values_to_set", {}))


def _set_by(change: Any) -> Mapping[Any, Any]:
    """What an UPDATE sets; nothing for a DELETE."""
    return getattr(change, "_values", None) or {}


def _owners(insert: Any, rows: Sequence[Mapping[str, Any]]) -> Iterator[Any]:
    """What each inserted row has as its ``workspace_id``: a value, a column of a SELECT, or None for nothing."""
    if insert._select_names is not None:
        selected = dict(zip(insert._select_names, insert.select.selected_columns, strict=True))
        yield selected.get("workspace_id")
        return
    for values in [row for several in insert._multi_values for row in several] or [insert._values or {}]:
        common = {getattr(column, "name", column): value for column, value in values.items()}
        for row in rows or [{}]:
            yield row.get("workspace_id", common.get("workspace_id"))
