"""The convex program of Pilanci & Ergen (2020) by cvxpy and Clarabel, over the activation patterns of random directions."""

import cvxpy as cp
import numpy as np
from exchange import read, refuse, write

DIRECTIONS = 20_000

problem = read()
if not problem.is_plain:
    refuse("this program has the squared loss and no part that is free")
X, y = problem.X, problem.y
patterns = np.unique(X @ np.random.default_rng(0).standard_normal((X.shape[1], DIRECTIONS)) >= 0, axis=1)
if patterns.shape[1] > 400:
    refuse(f"{patterns.shape[1]} activation patterns are too many for one program")
blocks = [[cp.Variable(X.shape[1]) for _ in patterns.T] for _ in range(2)]
fit, cost, cones = 0, 0, []
for sign, side in zip((1, -1), blocks, strict=True):
    for vector, pattern in zip(side, patterns.T, strict=True):
        fit = fit + sign * cp.multiply(pattern.astype(float), X @ vector)
        cost = cost + cp.norm(vector, 2)
        cones.append(cp.multiply(2.0 * pattern - 1, X @ vector) >= 0)
cp.Problem(cp.Minimize(cp.sum_squares(fit - y) / 2 + problem.penalty * cost), cones).solve(solver=cp.CLARABEL)
neurons = [(sign, vector.value) for sign, side in zip((1, -1), blocks, strict=True) for vector in side]
roots = [np.sqrt(np.linalg.norm(value)) for _, value in neurons]
kept = [(sign, value, root) for (sign, value), root in zip(neurons, roots, strict=True) if root > 1e-5]
write([value / root for _, value, root in kept], [sign * root for sign, _, root in kept])
