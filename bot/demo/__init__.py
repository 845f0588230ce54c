"""A support team's working day on this machine: the sandbox and the bot in one process.

stage    the sandbox with the sample team, the bot that serves it, and the folder in which both are kept
prelude  what has happened on the first morning before anybody looks
tour     plays scenes in the terminal
scenes   one module per capability
"""
