"""A support team's working day on this machine: the sandbox and the bot in one process.

stage    the sandbox with the sample team, the bot that serves it, and the folder in which both are kept
prelude  what has happened on the first morning before anybody looks
greeting what the terminal says when it has started
cast     everybody who works there
actor    one of them, who does what people do in Slack
script   what is printed of it
tour     plays scenes in the terminal
scenes   one module per capability
"""
