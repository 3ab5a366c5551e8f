"""The optimum of every sub-sampled program of five measurements: a map of where training can get stuck.

The data are five rows of the motorcycle measurements, with a bias. A sub-sampled program knows some of the columns (sign, cell)
only; there are about a million such programs, and a few dozen networks are the optima of all of them. The program proves this
(the numbers of programs that the networks answer add up to all), lists the local minima that are not global, and, since a
network of width k uses at most k columns, the best loss of every width.

    python examples/04_stationary_points.py [PICTURE.svg]
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import reluexact as rx

DATA = Path(__file__).parent / "data" / "motorcycle.csv"
ROWS, PENALTY = (12, 38, 64, 90, 116), 5


def main() -> None:
    every = rx.Dataset.read(DATA, bias=True)
    data = rx.Dataset(X=[every.X[row] for row in ROWS], y=[every.y[row] for row in ROWS])
    graph = rx.stationary_graph(data, PENALTY)
    print(f"programs    {graph.programs:,}, of {len(graph.columns)} columns; complete: {graph.complete}")
    print(f"nodes       {len(graph.nodes)}, steps {len(graph.edges)}")
    for kind, count in Counter(node.kind for node in graph.nodes).most_common():
        print(f"{count:>11} {kind}")
    print("local minima at their width that are not global, and what is above the penalty there:")
    for node in reversed(graph.nodes):
        if node.kind == "local minimum at its width":
            print(f"   {node.value.decimal(10):>14}, width {node.width}, {len(node.violated)} columns")
    print("loss against width:")
    for width, value in graph.values_by_width():
        print(f"   width {width}   {value.decimal(12)}")
    print(f"optimum     {rx.solve(data, PENALTY).value.decimal(12)}, over networks of every width")
    if len(sys.argv) > 1:
        rx.plot(graph, sys.argv[1])


if __name__ == "__main__":
    main()
