"""Loss against width, proved: how much does one more neuron buy?

At most k neurons make the problem non-convex. Branch and bound over where the neurons may lie, with the convex program as the
bound, proves the optimum of every width all the same. The program prints the curve for Anscombe's second data set (a parabola)
with a bias column, compares the best networks with what is left when the best network of the largest width is pruned by
the papers' heuristic, and checks the certificate of the best network with one neuron.

    python examples/06_loss_against_width.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import reluexact as rx

DATA = Path(__file__).parent / "data" / "anscombe2.csv"
PENALTY = "1/10"


def main() -> None:
    data = rx.Dataset.read(DATA, bias=True)
    curve = rx.width_curve(data, PENALTY)
    print(f"curve   {curve.status.name}, m* = {curve.fewest}")
    widest = curve.optima[-1].network
    for best in curve.optima:
        pruned = rx.prune_to_width(widest, data, best.width).network if best.width < widest.width else widest
        heuristic = pruned.objective(data, PENALTY)
        print(f"width {best.width}  {best.value.decimal(15):>18}  pruned {float(heuristic):10.6f}  {best.nodes:3} nodes")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "one.json"
        curve.optima[1].save(file)
        print(f"check   {'VERIFIED' if rx.check(file).verified else 'REJECTED'}, {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
