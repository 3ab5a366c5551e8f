"""pyscnn (Mishkin, Sahiner & Pilanci 2022): its convex program by an augmented Lagrangian method, 500 sampled gates."""

from exchange import read, refuse, write
from scnn.optimize import optimize
from scnn.regularizers import NeuronGL1

problem = read()
if not problem.is_plain:
    refuse("this program has the squared loss and no part that is free")
X, y = problem.X, problem.y[:, None]
settings = {"bias": False, "unitize_data": False, "dtype": "float64", "seed": 0}  # unitize_data changes the penalty
model, _ = optimize("relu", 500, X, y, X, y, NeuronGL1(problem.penalty / len(X)), **settings)
hidden, output = model.parameters[:2]
write(hidden, output[0])
