"""What is remembered: tables, sessions and the queries of each capability."""
