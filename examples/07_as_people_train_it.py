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

import reluexact as rx

DATA = Path(__file__).parent / "data"
FREE = {"hidden_bias": "free", "output_bias": "free"}


def solved(name: str, problem: rx.Problem, folder: Path) -> rx.ProblemOptimum:
    """Solve, save, draw and check."""
    optimum = rx.solve(problem)
    optimum.save(folder / f"{name}.json")
    rx.plot(optimum, folder / f"{name}.png")  # the function, both sides of the labels, or fitted against target
    checked = rx.check(folder / f"{name}.json").verified
    print(f"{name:22} {optimum.status.name}  {optimum.value.decimal(15):>18}  checked: {checked}")
    return optimum


def motorcycle(folder: Path) -> None:
    optimum = solved("motorcycle", rx.Problem(rx.Dataset.read(DATA / "motorcycle.csv"), 200, **FREE), folder)
    spline = rx.sparsest_spline(optimum)
    spline.save(folder / "motorcycle-kinks.json")
    print(f"  {spline.fewest} kinks are the fewest  checked: {rx.check(folder / 'motorcycle-kinks.json').verified}")
    for kink in spline.kinks:
        low, at, high = map(float, (kink.low, kink.at, kink.high))
        print(f"  a kink at {at:8.4f}, in every sparsest one between {low:8.4f} and {high:8.4f}")
    rx.plot(spline, folder / "motorcycle-kinks.png")


def iris(folder: Path) -> None:
    lines = [line.split(",") for line in (DATA / "iris.csv").read_text(encoding="utf-8").splitlines()[1:]]
    pairs = [(line[2:4], 1 if line[4] == "versicolor" else -1) for line in lines if line[4] != "virginica"]
    data = rx.Dataset([row for row, _ in pairs], [label for _, label in pairs], names=["petal length", "petal width"])
    for loss in ("hinge", "squared_hinge"):
        solved(f"iris-{loss}", rx.Problem(data, "1/10", loss=loss, **FREE), folder)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        folder = Path(sys.argv[1] if len(sys.argv) > 1 else place)
        motorcycle(folder)
        iris(folder)
        plant = rx.Dataset.read(DATA / "stackloss.csv")
        solved("stackloss", rx.Problem(plant, 10, loss="absolute", **FREE), folder)
