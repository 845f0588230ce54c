"""Slack speaks: one module per capability, each with `register(app)`."""
