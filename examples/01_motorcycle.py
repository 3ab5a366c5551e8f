"""The best piecewise linear curve through Silverman's motorcycle data, proved.

133 measurements of the acceleration of a head (in g) after an impact (time in ms). A two-layer ReLU network with a bias column
is a piecewise linear function of the time; at penalty 10 the program finds the global optimum over networks of every width,
proves it, prints where the optimal function bends, and draws it.

    python examples/01_motorcycle.py [--out PICTURE.png]
"""

from __future__ import annotations

import argparse
from fractions import Fraction
from pathlib import Path

import matplotlib

matplotlib.use("Agg")  # a file, no window

import matplotlib.pyplot as plt

import reluexact as rx

DATA = Path(__file__).parent / "data" / "motorcycle.csv"
PENALTY = 10


def kinks(optimum) -> list[str]:
    """Return where the optimal neurons bend, each place once: exactly at a data point, else to 8 decimals."""
    places = []
    for index, neuron in enumerate(optimum.neurons):
        if neuron.amount is None or (neuron.paired and neuron.partner < index):
            continue  # not used, or the other half of a pair: it bends at the same place
        slope, offset = neuron.direction
        if neuron.face:  # the neuron is exactly 0 at these rows
            place = optimum.data.X[neuron.face[0]][0]
            places.append((place, f"{float(place)} (a measured time)"))
        else:
            place = -offset.low / slope.low
            places.append((place, f"{float(place):.8f}"))
    return [text for _, text in sorted(places)]


def draw(optimum, file: Path) -> None:
    """Draw the measurements and the optimal function."""
    data = optimum.data
    times = [float(row[0]) for row in data.X]
    grid = [min(data.X)[0] + (max(data.X)[0] - min(data.X)[0]) * Fraction(step, 1000) for step in range(1001)]
    curve = [float(value) for value in optimum.network.predict([(time, 1) for time in grid])]
    figure, axes = plt.subplots(figsize=(8, 4.5), layout="constrained")
    axes.plot(times, [float(target) for target in data.y], "o", color="0.45", markersize=4, label="measurements (133)")
    axes.plot([float(time) for time in grid], curve, color="C3", linewidth=2, label=f"proved optimum, penalty {PENALTY}")
    for index, place in enumerate(kinks(optimum)):
        label = None if index else "kinks of the optimal function"
        axes.axvline(float(place.split()[0]), color="C0", linewidth=0.8, linestyle=":", label=label)
    axes.set(xlabel="time after impact (ms)", ylabel="head acceleration (g)")
    axes.set_title(f"Motorcycle data: optimal objective {optimum.value.decimal(12)}")
    axes.legend(loc="lower right")
    figure.savefig(file, dpi=150)
    plt.close(figure)


def main() -> None:
    """Solve, print, draw."""
    parser = argparse.ArgumentParser(description="Prove and draw the optimum of the motorcycle data.")
    parser.add_argument("--out", type=Path, default=Path("motorcycle.png"), help="the picture (default: %(default)s)")
    options = parser.parse_args()
    data = rx.Dataset.read(DATA, bias=True)
    optimum = rx.solve(data, penalty=PENALTY)
    print(f"status  {optimum.status.name}")
    print(f"value   {optimum.value.decimal(30)}")
    print(f"neurons {len(optimum.neurons)}, of which {sum(neuron.paired for neuron in optimum.neurons)} in pairs")
    print("kinks of the optimal function, in ms:")
    for place in kinks(optimum):
        print(f"  {place}")
    draw(optimum, options.out)
    print(f"picture {options.out}")


if __name__ == "__main__":
    main()
