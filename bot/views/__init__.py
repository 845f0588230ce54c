"""Block Kit: pure functions from state to blocks."""
