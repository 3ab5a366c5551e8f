"""How far are converged networks of scikit-learn from the optimum? ``python benchmarks/judge.py [NAME ...] [--seconds 40]``.

Ten real data sets as scikit-learn and ``examples/data`` bring them, unscaled; MLPRegressor with 20 neurons, L-BFGS, alpha 1. One
line per set: rows x features, by how much ``rx.judge`` says that the network exceeds the optimum at least and at most, as a share
of its objective, CPU seconds, and why the bounds are no closer. Needs scikit-learn, downloads nothing.
"""

from __future__ import annotations

import argparse
import csv
import time
import warnings
from pathlib import Path

import numpy as np
from sklearn import datasets
from sklearn.neural_network import MLPRegressor

import reluexact as rx

FILES = Path(__file__).parents[1] / "examples" / "data"
COLUMNS = {
    "diabetes": ("diabetes", [2, 3, 8]),
    "diabetes, all": ("diabetes", list(range(10))),
    "linnerud": ("linnerud", [0, 1, 2]),
    "iris": ("iris", [0, 1, 2, 3]),
    "wine": ("wine", [0, 4, 9]),
    "breast cancer": ("breast_cancer", [0, 1]),
}
NAMES = ("anscombe1", "anscombe2", "stackloss", "motorcycle", *COLUMNS)


def rows(name: str) -> tuple[np.ndarray, np.ndarray]:
    if name in COLUMNS:
        source, columns = COLUMNS[name]
        X, y = getattr(datasets, f"load_{source}")(return_X_y=True)
        return X[:, columns].astype(float), (y[:, 0] if y.ndim > 1 else y).astype(float)
    with (FILES / f"{name}.csv").open() as file:
        table = np.array(list(csv.reader(file))[1:], dtype=float)
    return table[:, :-1], table[:, -1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", default=NAMES, metavar="NAME")
    parser.add_argument("--seconds", type=float, default=40, help="time limit of each")
    options = parser.parse_args()
    print(f"{'set':>14} {'n x d':>8} {'excess, at least':>17} {'at most':>9} {'CPU s':>6}  why no closer")
    for name in options.names:
        X, y = rows(name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = MLPRegressor(hidden_layer_sizes=20, solver="lbfgs", alpha=1.0, max_iter=5000, random_state=0).fit(X, y)
        start = time.process_time()
        found = rx.judge(rx.from_sklearn(model, X, y), time_limit=options.seconds)
        spent, share = time.process_time() - start, found.relative
        size = f"{len(X)}x{len(X[0])}"
        print(
            f"{name:>14} {size:>8} {float(share.low):17.5f} {float(share.high):9.5f} {spent:6.1f}  {found.reason or '-'}",
            flush=True,
        )


if __name__ == "__main__":
    main()
