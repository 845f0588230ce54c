"""``python -m bot`` is the ``floorwalker`` command."""

from bot.cli import main

main()
