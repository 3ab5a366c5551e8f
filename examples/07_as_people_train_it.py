"""The problem as people train it: free biases, classification, absolute errors; each optimum is proved and drawn.

Acceleration in a motorcycle accident with biases that cost nothing, as in scikit-learn and Keras, and the fewest kinks that an
optimal function can have; two kinds of iris with the hinge and the squared hinge loss; the loss of a chemical plant with absolute
errors, which outliers do not pull. Certificates and pictures go into the folder that is named, else into a temporary one.

    python examples/07_as_people_train_it.py [FOLDER]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

import reluexact as rx

DATA = Path(__file__).parent / "data"
FREE = {"hidden_bias": "free", "output_bias": "free"}


def solved(name: str, problem: rx.Problem, folder: Path) -> rx.ProblemOptimum:
    """Solve, save and check."""
    optimum = rx.solve(problem)
    optimum.save(folder / f"{name}.json")
    print(
        f"{name:22} {optimum.status.name}  {optimum.value.decimal(15):>18}  checked: {rx.check(folder / f'{name}.json').verified}"
    )
    return optimum


def motorcycle(folder: Path) -> None:
    optimum = solved("motorcycle", rx.Problem(rx.Dataset.read(DATA / "motorcycle.csv"), 200, **FREE), folder)
    spline = rx.sparsest_spline(optimum)
    spline.save(folder / "motorcycle-kinks.json")
    print(f"  {spline.fewest} kinks are the fewest  checked: {rx.check(folder / 'motorcycle-kinks.json').verified}")
    for kink in spline.kinks:
        print(
            f"  a kink at {float(kink.at):8.4f}, in every sparsest one between {float(kink.low):8.4f} and {float(kink.high):8.4f}"
        )
    spline.plot(folder / "motorcycle.png")


def iris(folder: Path) -> None:
    lines = [line.split(",") for line in (DATA / "iris.csv").read_text(encoding="utf-8").splitlines()[1:]]
    pairs = [(line[2:4], 1 if line[4] == "versicolor" else -1) for line in lines if line[4] != "virginica"]
    data = rx.Dataset([row for row, _ in pairs], [label for _, label in pairs], names=["petal length", "petal width"])
    _, panels = plt.subplots(1, 2, sharey=True, figsize=(9, 4))
    for loss, axes in zip(("hinge", "squared_hinge"), panels, strict=True):
        optimum = solved(f"iris-{loss}", rx.Problem(data, "1/10", loss=loss, **FREE), folder)
        grid = [np.linspace(low, high, 120) for low, high in ((0.5, 5.5), (0, 2))]
        points = [[f"{x:.6f}", f"{y:.6f}"] for y in grid[1] for x in grid[0]]
        side = np.array([float(value) > 0 for value in optimum.network.predict(points)]).reshape(120, 120)
        axes.contourf(*grid, side, levels=[-0.5, 0.5, 1.5], colors=["#E69F0033", "#0072B233"])
        rows, colours = np.array(data.X, dtype=float), ["#0072B2" if label > 0 else "#E69F00" for label in data.y]
        axes.scatter(*rows.T, s=9, c=colours)
        axes.set(title=loss, xlabel="petal length", ylabel="petal width")
    plt.savefig(folder / "iris.png")


def stackloss(folder: Path) -> None:
    data = rx.Dataset.read(DATA / "stackloss.csv")
    optimum = solved("stackloss", rx.Problem(data, 10, loss="absolute", **FREE), folder)
    _, axes = plt.subplots()
    axes.plot([5, 45], [5, 45], color="0.7")
    axes.scatter([float(value) for value in optimum.fit], list(map(float, data.y)), color="#0072B2")
    axes.set(title="Stack loss, absolute errors", xlabel="fit of the proved optimum", ylabel="measured")
    plt.savefig(folder / "stackloss.png")


def main(folder: Path) -> None:
    motorcycle(folder)
    iris(folder)
    stackloss(folder)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as place:
            main(Path(place))
