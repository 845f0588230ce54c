"""Takes a file of key figures over: whole, or not at all."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.imports import begin
from bot.actions.kpi_import_placed import KpiFile, KpiSaid, placed
from bot.actions.kpi_mapping import AS_IT_IS, Mapped, columns_of, remember
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.figures import FiguresImport, differences
from bot.domain.imports import BadFile, Problem, Row
from bot.domain.kpi_columns import FIGURES, mapped
from bot.domain.kpi_facts import Fact, cut_key
from bot.domain.kpi_import import read_kpi
from bot.domain.permissions import Actor, Deed
from bot.domain.wallclock import local_date
from storage.db import WorkspaceSession
from storage.imports import Recorder
from storage.kpi import facts_between, note_heard
from storage.tables import KpiFact

KPI = "figures"
_MEASURES = {
    "aht": "handle time",
    "csat": "CSAT",
    "nps": "NPS",
    "fcr": "first contact resolution",
    "sla_first_reply": "SLA, first reply",
    "sla_next_reply": "SLA, next reply",
    "sla_resolution": "SLA, resolution",
    "eta_kept": "promised times kept",
}


def import_kpi(
    deps: Deps,
    workspace_id: str,
    actor: Actor,
    rows: Sequence[Row],
    *,
    files: str,
    dry_run: bool,
    read_as: Mapped = AS_IT_IS,
) -> FiguresImport:
    """Takes over the lines: what the file's mapping said before of the same days and queues is corrected.

    Raises ``BadFile``, ``UnknownMapping`` and ``TakenName``. A dry run says what would be done and writes nothing.
    """
    actor.require(Deed.IMPORT_KPI)
    with deps.sessions.read(workspace_id) as session:
        # Many lines take a while, in which others may write.
        said = _read(session, deps, rows, files, read_as)
        file = placed(session, deps, said)
        outcome = _outcome(file, _stored(session, file))
    if dry_run:
        return outcome
    with deps.sessions.write(workspace_id) as session:
        if not outcome.is_empty:
            file = placed(session, deps, said)
            stored = _stored(session, file)
            outcome = _outcome(file, stored)
        remember(session, deps, actor, file.name, file.columns)
        note_heard(session, file.source, deps.clock())
        if outcome.is_empty:
            return outcome
        entry, recorder = begin(session, deps, actor, KPI, files)
        for queue in file.new_queues:
            recorder.add(queue)
        _write(session, deps, recorder, file, stored)
        recorder.finish()
        return replace(outcome, number=entry.number)


def _read(session: WorkspaceSession, deps: Deps, rows: Sequence[Row], files: str, read_as: Mapped) -> KpiSaid:
    name, columns = columns_of(session, rows, read_as)
    if not set(columns) & set(FIGURES):
        file = rows[0].file if rows else files
        expected = "a column with figures, such as offered, or csat_positive beside csat_answers"
        raise BadFile([Problem(file, 1, None, "", expected)])
    preferred = preferences(session)
    zone = ZoneInfo(preferred.time_zone)
    return KpiSaid(
        name, columns, read_kpi(mapped(rows, columns), preferred.date_order, local_date(deps.clock(), zone))
    )


_Cell = tuple[date, str, UUID | None]
_Stored = dict[_Cell, dict[str, KpiFact]]


def _stored(session: WorkspaceSession, file: KpiFile) -> _Stored:
    """What the source said before of the days and measures that the file speaks of."""
    found: defaultdict[_Cell, dict[str, KpiFact]] = defaultdict(dict)
    if file.facts:
        first, last = (choose(fact.day for fact in file.facts) for choose in (min, max))
        spoken = {(fact.day, fact.measure.value) for fact in file.facts}
        for row in facts_between(session, file.source, first, last):
            if (row.day, row.measure) in spoken:
                found[row.day, row.measure, row.queue_id][row.cut] = row
    return found


def _cell(fact: Fact) -> _Cell:
    return fact.day, fact.measure.value, fact.cut.queue_id


def _stale(facts: Sequence[Fact], stored: _Stored) -> list[KpiFact]:
    """What was said before of parts and is now said of the whole, or the other way round."""
    shapes = {_cell(fact): (fact.cut.channel is None, fact.cut.member_id is None) for fact in facts}
    whole = {(fact.day, fact.measure.value): fact.cut.queue_id is None for fact in facts}
    return [
        row
        for cell, rows in stored.items()
        for row in rows.values()
        if whole[row.day, row.measure] != (row.queue_id is None)
        or (cell in shapes and shapes[cell] != (row.channel is None, row.member_id is None))
    ]


def _outcome(file: KpiFile, stored: _Stored) -> FiguresImport:
    by_measure: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in file.facts:
        by_measure[fact.measure].append(fact)
    gone = Counter(row.measure for row in _stale(file.facts, stored))
    series = []
    for measure, mine in by_measure.items():
        known = [stored.get(_cell(fact), {}).get(cut_key(fact.cut)) for fact in mine]
        pairs = [
            ((row.numerator, row.denominator) if row else None, (fact.numerator, fact.denominator))
            for row, fact in zip(known, mine, strict=True)
        ]
        label = _MEASURES.get(measure, measure.replace("_", " "))
        series.append(differences(label, [fact.day for fact in mine], pairs, gone[measure]))
    return FiguresImport(KPI, tuple(series), tuple(sorted(queue.name for queue in file.new_queues)))


def _write(session: WorkspaceSession, deps: Deps, recorder: Recorder, file: KpiFile, stored: _Stored) -> None:
    now = deps.clock()
    for stale in _stale(file.facts, stored):
        recorder.remove(stale)
    for fact in file.facts:
        row = stored.get(_cell(fact), {}).get(cut_key(fact.cut))
        if row is None:
            recorder.add(
                KpiFact(
                    workspace_id=session.workspace_id,
                    id=deps.new_id(),
                    day=fact.day,
                    measure=fact.measure.value,
                    source=file.source,
                    cut=cut_key(fact.cut),
                    numerator=fact.numerator,
                    denominator=fact.denominator,
                    changed_at=now,
                    **fact.cut._asdict(),
                )
            )
        elif (row.numerator, row.denominator) != (fact.numerator, fact.denominator):
            said = {"numerator": fact.numerator, "denominator": fact.denominator, "changed_at": now}
            recorder.change(row, **said)
