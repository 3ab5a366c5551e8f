"""The best network of four neurons, two of each sign, by SCIP: gates are binary, the norms are cones; ends after 8 s."""

import numpy as np
from exchange import read, refuse, write
from pyscipopt import Model, quicksum, sqrt

SIGNS, SECONDS = (1, 1, -1, -1), 8

problem = read()
if not problem.is_plain:
    refuse("this program has the squared loss and no part that is free")
X, y = problem.X, problem.y
n, d = X.shape
most = float(y @ y) / 2 / problem.penalty  # the total of all |w| |a| in a network no worse than the zero network
model = Model()
model.hideOutput()
model.setParam("limits/time", SECONDS)
model.setParam("randomization/randomseedshift", 0)
vectors, sizes, heights = [], [], []
for _ in SIGNS:
    vector = [model.addVar(lb=-most, ub=most) for _ in range(d)]
    size = model.addVar(lb=0, ub=most)
    model.addCons(sqrt(quicksum(entry * entry for entry in vector) + 1e-12) <= size + 1e-6)
    vectors.append(vector)
    sizes.append(size)
    column = []
    for i in range(n):
        reach = most * float(np.linalg.norm(X[i]))
        height, gate = model.addVar(lb=0, ub=reach), model.addVar(vtype="B")
        inner = quicksum(X[i, k] * vector[k] for k in range(d))
        model.addCons(height >= inner)
        model.addCons(height <= inner + reach * (1 - gate))
        model.addCons(height <= reach * gate)
        column.append(height)
    heights.append(column)
errors = []
for i in range(n):
    error = model.addVar(lb=None)
    model.addCons(error == quicksum(sign * heights[j][i] for j, sign in enumerate(SIGNS)) - y[i])
    errors.append(error)
loss = model.addVar(lb=0)
model.addCons(quicksum(error * error for error in errors) <= 2 * loss)
model.setObjective(loss + problem.penalty * quicksum(sizes))
model.optimize()
if model.getNSols() == 0:
    raise SystemExit("SCIP found no network in its time")
found = [(sign, np.array([model.getVal(entry) for entry in vector])) for sign, vector in zip(SIGNS, vectors, strict=True)]
kept = [(sign, value, np.sqrt(np.linalg.norm(value))) for sign, value in found if np.linalg.norm(value) > 1e-9]
write([value / root for _, value, root in kept], [sign * root for sign, _, root in kept])
