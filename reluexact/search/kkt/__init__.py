"""The structure of an optimum: its KKT system, the proof of it, and the search for it."""
