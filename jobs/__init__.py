"""The clock speaks: one module per capability that has something to do when time passes."""
