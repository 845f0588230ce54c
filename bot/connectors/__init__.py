"""The outside tools that the bot reads and writes."""
