"""One transaction each: load, check, change, record, notify."""
