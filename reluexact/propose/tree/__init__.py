"""Branch trees, searched in floats; :mod:`reluexact.prove.tree_check` decides whether they prove anything."""
