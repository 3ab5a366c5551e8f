"""Leaves and times of the branch tree against the number of activation patterns: python benchmarks/cover.py [n,d ...]

Random integer data, penalty a tenth of the greatest useful one (estimated), dual point from the float solver, relative gap 1e-9.
"""

from __future__ import annotations

import sys
import time
from fractions import Fraction

import numpy as np

from reluexact.evidence.tree import Leaf, Tighten
from reluexact.geometry.arrangement import pattern_count
from reluexact.model.dataset import Dataset
from reluexact.propose.tree.cover import Covered, Form, cover
from reluexact.prove.tree_check import check_tree
from reluexact.search.bound import prove_bound

SIZES = ("20,3", "20,4", "40,4", "100,3", "100,4", "40,5", "20,6")


def instance(n: int, d: int) -> tuple[Dataset, Fraction]:
    """Return data with entries up to 100 and a penalty."""
    rng = np.random.default_rng(0)
    X, y = rng.integers(-100, 101, size=(n, d)), rng.integers(-100, 101, size=n)
    directions = rng.normal(size=(20_000, d))
    directions /= np.linalg.norm(directions, axis=1)[:, None]
    greatest = np.abs(np.maximum(X @ directions.T, 0).T @ y).max()
    return Dataset(X=X.tolist(), y=y.tolist()), Fraction(int(greatest / 10))


def main(sizes: list[str]) -> None:
    """Print one line per size."""
    print(f"{'n,d':>7} {'patterns':>9} {'leaves':>7} {'tighten':>8} {'gap':>8} {'in all s':>9} {'trees s':>8} {'check s':>8}")
    for size in sizes:
        n, d = (int(part) for part in size.split(","))
        data, penalty = instance(n, d)
        start = time.perf_counter()
        proof = prove_bound(data, penalty, gap=Fraction(1, 10**9))
        whole = time.perf_counter() - start
        forms = [Form.of(data.hyperplanes, proof.residual, sign) for sign in (1, -1)]
        start = time.perf_counter()
        covers = [cover(form, penalty) for form in forms]
        search = time.perf_counter() - start
        trees = [answer.tree for answer in covers if isinstance(answer, Covered)]
        start = time.perf_counter()
        faults = [check_tree(form, penalty, tree) for form, tree in zip(forms, trees, strict=True)]
        check = time.perf_counter() - start
        nodes = [node for tree in trees for node in tree]
        leaves, tightened = (sum(isinstance(node, kind) for node in nodes) for kind in (Leaf, Tighten))
        gap = float(proof.gap) if faults == [None, None] else float("nan")
        figures = f"{leaves:>7} {tightened:>8} {gap:>8.0e} {whole:>9.2f} {search:>8.2f} {check:>8.2f}"
        print(f"{size:>7} {pattern_count(data.X):>9} {figures}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or list(SIZES))
