"""Reports of key figures: workspaces whose weekly one falls due in the same minute, with four replicas."""

import logging
import multiprocessing
import time
from datetime import UTC, date, datetime, timedelta
from multiprocessing.synchronize import Barrier

import structlog
from sqlalchemy import func, insert, select

from bot.actions.kpi_digests import subscribe
from bot.domain.kpi import Measure
from bot.domain.permissions import CLOCK
from jobs.kpi_digests import SEND
from jobs.scheduler import Clockwork
from storage.db import Sessions, open_engine
from storage.migrate import upgrade
from storage.tables import KpiDigest, KpiFact, KpiSubscription
from tests.bench.report import say
from tests.databases import Cluster, running_cluster
from tests.guard import lifted
from tests.jobs.clocks import deps_on

FEW, MANY, REPLICAS = 150, 600, 4
SUNDAY, MONDAY = datetime(2026, 3, 8, 12, tzinfo=UTC), datetime(2026, 3, 9, 8, tzinfo=UTC)


def run() -> None:
    """Prints how much longer one takes where there are many."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with running_cluster() as cluster:
        few, many = (_each(cluster, number) for number in (FEW, MANY))
    say(
        f"weekly reports due in one minute, {REPLICAS} replicas",
        f"{many:.1f} ms each of {MANY:,} workspaces, each exactly once",
        f"{few:.1f} ms each of {FEW:,}",
        many / few,
        "1: linear",
    )


def _each(cluster: Cluster, number: int) -> float:
    """Milliseconds for each workspace."""
    name = f"bench{number}"
    cluster.administer("CREATE DATABASE {}", name)
    url = cluster.url(name)
    _prepare(url, number)
    spawning = multiprocessing.get_context("spawn")
    ready, go = spawning.Barrier(REPLICAS + 1), spawning.Barrier(REPLICAS + 1)
    replicas = [spawning.Process(target=_replica, args=(url, ready, go)) for _ in range(REPLICAS)]
    for each in replicas:
        each.start()
    ready.wait()
    begun = time.perf_counter()
    go.wait()
    for each in replicas:
        each.join()
    took = time.perf_counter() - begun
    sessions = Sessions(open_engine(url))
    with lifted(), sessions.across() as connection:
        made = connection.scalar(select(func.count()).select_from(KpiDigest))
    sessions.close()
    if made != number:
        raise RuntimeError(f"{made} reports were made for {number} workspaces")
    return took * 1000 / number


def _replica(url: str, ready: Barrier, go: Barrier) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    sessions = Sessions(open_engine(url))
    clockwork = Clockwork(deps_on(sessions, lambda: MONDAY), [SEND])
    ready.wait()
    go.wait()
    clockwork.run_due()
    clockwork.close()
    sessions.close()


def _prepare(url: str, number: int) -> None:
    """Each workspace has eight weeks of two figures in two channels, and a report that is due."""
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
    sessions = Sessions(open_engine(url))
    deps = deps_on(sessions, lambda: SUNDAY)
    measures = (Measure.CSAT, Measure.AHT)
    days = [date(2026, 1, 12) + timedelta(number) for number in range(56)]
    for workspace_id in (f"T{each:05}" for each in range(number)):
        with sessions.write(workspace_id) as session:
            facts = [
                {"day": day, "measure": measure, "cut": f"{cut}", "channel": f"{cut}"}
                for day in days
                for measure in measures
                for cut in range(2)
            ]
            same = {"workspace_id": workspace_id, "source": "zendesk", "numerator": 80.0, "denominator": 100.0}
            session.execute(
                insert(KpiFact), [{"id": deps.new_id(), **same, **each, "changed_at": SUNDAY} for each in facts]
            )
            row = KpiSubscription(
                workspace_id=workspace_id, id=deps.new_id(), cadence="weekly", lane="C1", measures=[]
            )
            subscribe(session, deps, CLOCK, row)
    Clockwork(deps, [SEND]).meet()
    sessions.close()


if __name__ == "__main__":
    run()
