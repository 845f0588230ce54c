"""``uv run python -m tests.bench``: what DESIGN's table of numbers asks for, as ratios within one run."""

from tests.bench import (
    absences,
    cases,
    coverage,
    coverage_stored,
    dispatch,
    forecast,
    imports,
    kb,
    kb_judged,
    kpi_digests,
    outbox,
    ranking,
    staffing,
)

if __name__ == "__main__":
    absences.run()
    cases.run()
    coverage.run()
    coverage_stored.run()
    dispatch.run()
    forecast.run()
    imports.run()
    kb.run()
    kb_judged.run()
    kpi_digests.run()
    outbox.run()
    ranking.run()
    staffing.run()
