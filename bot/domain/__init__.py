"""The rules of the trade: pure functions and values, standard library only, the time is an argument."""
