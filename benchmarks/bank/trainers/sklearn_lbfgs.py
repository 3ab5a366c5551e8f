"""MLPRegressor of scikit-learn by L-BFGS, 50 neurons: squared loss, both biases free; its alpha is the penalty."""

import warnings

from exchange import read, refuse, write
from sklearn.neural_network import MLPRegressor

problem = read()
parts = (problem.loss, problem.hidden_bias, problem.output_bias, problem.skip)
if parts != ("squared", "free", "free", "none") or (problem.weights != 1).any():
    refuse("scikit-learn trains free biases and the squared loss")
warnings.simplefilter("ignore")
limits = {"max_iter": 20_000, "max_fun": 200_000, "tol": 1e-12}
model = MLPRegressor(hidden_layer_sizes=(50,), solver="lbfgs", alpha=problem.penalty, random_state=0, **limits)
model.fit(problem.X, problem.y)
write(model.coefs_[0].T, model.coefs_[1][:, 0], hidden_bias=model.intercepts_[0], output_bias=model.intercepts_[1][0])
