"""The best piecewise linear curve through Silverman's motorcycle data, proved.

133 measurements of the acceleration of a head (in g) after an impact (time in ms). A two-layer ReLU network with a bias column
is a piecewise linear function of the time; at penalty 10 the program finds the global optimum over networks of every width,
proves it, prints where the optimal function bends, and draws it.

    python examples/01_motorcycle.py [PICTURE.png]
"""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import matplotlib

matplotlib.use("Agg")  # a file, no window

import matplotlib.pyplot as plt

import reluexact as rx

DATA = Path(__file__).parent / "data" / "motorcycle.csv"


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
            places.append((-offset.low / slope.low, f"{float(-offset.low / slope.low):.8f}"))
    return [text for _, text in sorted(places)]


def draw(optimum, file: str) -> None:
    """Draw the measurements and the optimal function, 1200 points wide."""
    times = [row[0] for row in optimum.data.X]
    grid = [min(times) + (max(times) - min(times)) * Fraction(step, 1000) for step in range(1001)]
    figure, axes = plt.subplots(figsize=(8, 4.5), layout="constrained")
    axes.plot([float(t) for t in times], [float(y) for y in optimum.data.y], "o", color="0.45", markersize=4)
    axes.plot([float(t) for t in grid], [float(f) for f in optimum.network.predict([(t, 1) for t in grid])], "C3")
    axes.set(xlabel="time after impact (ms)", ylabel="head acceleration (g)", title="Motorcycle data: the optimal function")
    figure.savefig(file, dpi=150)


if __name__ == "__main__":
    optimum = rx.solve(rx.Dataset.read(DATA, bias=True), penalty=10)
    print(f"status  {optimum.status.name}")
    print(f"value   {optimum.value.decimal(30)}")
    print(f"neurons {len(optimum.neurons)}, of which {sum(neuron.paired for neuron in optimum.neurons)} in pairs")
    print("kinks of the optimal function, in ms:", *kinks(optimum), sep="\n  ")
    draw(optimum, sys.argv[1] if len(sys.argv) > 1 else "motorcycle.png")
