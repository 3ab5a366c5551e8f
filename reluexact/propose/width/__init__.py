"""Proposes for networks of a given width: relaxations, good sets of columns, what to split."""
