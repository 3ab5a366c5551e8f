"""A way down from a bad network to the global optimum, on which the objective never rises.

Eight neurons, badly chosen, are fitted to 133 measurements of the acceleration of a head in a motorcycle crash. Gradient descent
could get stuck; the path of this program does not: balance the two layers, merge neurons that share a cell, prune dependent ones,
then go straight to better and better optima of sub-sampled convex programs, and last to the global one. Every piece comes with a
proof that the objective does not rise on it, and the certificate of the whole path is checked.

    python examples/05_the_way_down.py     (writes way-down.png and way-down.json into this folder)
"""

from __future__ import annotations

from pathlib import Path

import reluexact as rx

HERE = Path(__file__).parent
DATA = rx.Dataset.read(HERE / "data" / "motorcycle.csv", bias=True)
PENALTY = 200
NETWORK = rx.Network(
    hidden=[[1, -15], [1, -20], [2, "-301/10"], [-1, 25], [1, -40], [-1, 10], [0, 1], [-1, -3]],
    output=[-5, 8, -2, 3, 1, 4, -6, 1],
)


def main() -> None:
    way = rx.descent_path(NETWORK, DATA, PENALTY, method="walk")
    print(f"status  {way.status.name}, at most {way.width_needed} of {way.width} neurons at a time")
    print(f"width   {rx.no_spurious_valley_width(DATA)} neurons are enough for every start, penalty and target")
    print(f"start   {float(way.start):.6f}")
    for piece in way.pieces:
        neurons = f"{len(piece.before.held)} to {len(piece.after.held)} neurons"
        print(f"  {piece.kind:<12} {neurons:<15} {float(piece.after.value):.6f}")
    print(f"end     {way.end.decimal(30)}")
    rx.plot(way, "way-down.png")
    way.save("way-down.json")
    print(f"check   {'VERIFIED' if rx.check('way-down.json').verified else 'REJECTED'}")


if __name__ == "__main__":
    main()
