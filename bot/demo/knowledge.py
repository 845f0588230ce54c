"""What the sample team knows, and what is measured of it."""

from pathlib import Path

from bot.actions.kb_import import import_kb
from bot.actions.kpi_collect import collect
from bot.actions.kpi_import import import_kpi
from bot.actions.kpi_mapping import Mapped
from bot.actions.people import recognise
from bot.actions.settings import WORKSPACE
from bot.actions.settings_change import change_settings
from bot.connectors.markdown_files import find_files, read_markdown
from bot.connectors.spreadsheets import read_table
from bot.deps import Deps
from bot.domain.kpi_import import REQUIRED
from bot.domain.permissions import CLOCK
from bot.sandbox import Sandbox, sample_kb
from bot.sandbox.sample_ratings import MEANT, write_ratings

_SETTINGS = {
    "kpi_targets": "service level 80%\nabandonment 5%\ncsat 88%\nsla first reply 90%\nsla resolution 85%",
    "digest_at": "09:10",
}


def bring_in_knowledge(sandbox: Sandbox, deps: Deps, workspace_id: str) -> None:
    """Carla takes over the folder in which the team has kept its articles so far."""
    carla = recognise(deps, workspace_id, sandbox.user_id("carla"))
    folder = Path(sample_kb.__file__).parent
    files = [read_markdown(path.relative_to(folder).as_posix(), path.read_bytes()) for path in find_files(folder)]
    import_kb(deps, workspace_id, carla.actor, files, folder="kb")


def bring_in_figures(sandbox: Sandbox, deps: Deps, workspace_id: str, folder: Path) -> None:
    """Nora says what is aimed at, and imports what customers have said."""
    nora = recognise(deps, workspace_id, sandbox.user_id("nora"))
    change_settings(deps, workspace_id, nora.actor, WORKSPACE, _SETTINGS)
    file = write_ratings(folder, deps.clock().date())
    rows = read_table(file.name, file, REQUIRED)
    import_kpi(
        deps,
        workspace_id,
        nora.actor,
        rows,
        files=file.name,
        dry_run=False,
        read_as=Mapped("survey", MEANT),
    )
    collect(deps, workspace_id, CLOCK)
