"""A stationary network that is an optimum of no sub-sampled convex program.

It is often said that every Clarke-stationary network is the optimum of the convex program restricted to some activation
patterns. Here is one that is not. Its neuron lies on the hyperplane of the second row, where the objective bends downwards: the
gate 1/2 makes the derivative vanish, but moving to either side of the hyperplane lowers the objective, so no pattern can be its
own. The program proves this and prints, for comparison, the optimal values of the restricted programs and of the whole one.

    python examples/03_clarke_counterexample.py
"""

from __future__ import annotations

import reluexact as rx

DATA = rx.Dataset(X=[[1, -1], [0, 1]], y=["11/10", "1/5"])
PENALTY = "1/10"
NETWORK = rx.Network(hidden=[[1, 0]], output=[1])


def main() -> None:
    found = rx.classify(NETWORK, DATA, PENALTY)
    print(f"kind        {found.summary}")
    print(f"objective   {found.objective}")
    print(f"residual    {', '.join(map(str, found.residual))}")
    print(f"gates       {', '.join(map(str, found.clarke.witness.gates[0]))}")
    for name, answer in found.properties:
        print(f"{answer.status.name:<11} {name}: {answer.reason}")
    blocked = found.sub_sampled.witness
    for direction, derivative in zip(blocked.directions, blocked.derivatives, strict=True):
        print(f"way down    along ({', '.join(map(str, direction))}) the derivative is {derivative}")
    better = found.directional.witness.better
    print(f"better      {better.objective(DATA, PENALTY)} with hidden {better.to_lists()['hidden'][0]}")
    print(f"optimum     {rx.solve(DATA, PENALTY).value.decimal(7)}, over networks of every width")


if __name__ == "__main__":
    main()
