"""What every test can ask for, and what is watched in every test."""

pytest_plugins = ("tests.databases", "tests.guard")
