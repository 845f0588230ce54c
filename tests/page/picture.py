"""Takes the README's picture anew: ``python -m tests.page.picture``."""

from pathlib import Path
from tempfile import TemporaryDirectory

from bot.demo import prelude
from bot.demo.stage import staged
from bot.demo.tour import opening
from bot.deps import system_clock
from tests.page.conftest import chromium, launched

PICTURE = Path(__file__).parents[2] / "docs" / "floorwalker.png"


def main() -> None:
    """A coordinator's channel, on the sample team's first morning."""
    with TemporaryDirectory() as folder, staged(Path(folder), at=opening(system_clock())) as stage:
        prelude.play(stage)
        channel = stage.sandbox.channel_id("#coordinators")
        with launched(chromium() or "chromium") as browser:
            page = browser.new_page(viewport={"width": 1180, "height": 760})
            page.goto(f"{stage.sandbox.url}/?as=ben&in={channel}")
            page.get_by_role("button", name="Approve").first.wait_for()
            page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()
