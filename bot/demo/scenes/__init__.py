"""The scenes of the tour, by capability; each says in its docstring what it shows."""
