#!/usr/bin/env bash
# Keras 3.15.1: the configuration of the Huber loss leaves out its delta, so that a saved and loaded model trains on another loss.
# One would expect Huber(delta=0.3).get_config() to have the delta, as that of BinaryCrossentropy has from_logits and label_smoothing,
# and from_config(get_config()) to be the same loss. Instead the copy has the default delta = 1, without a warning; the same happens to a
# compiled model in a .keras file. What works: pass the loss to compile() again after loading.
# Exits 0 while this holds, 1 when it has changed.
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install -q keras==3.15.1 numpy==2.4.0 torch==2.13.0
cat >"$place/probe.py" <<'PROBE'
import sys
import tempfile
from pathlib import Path

import keras
import numpy as np

made = keras.losses.Huber(delta=0.3)
copy = keras.losses.Huber.from_config(made.get_config())
target, output = np.zeros((1, 1)), np.full((1, 1), 2.0)
values = [float(loss(target, output)) for loss in (made, copy)]

model = keras.Sequential([keras.layers.Input((1,)), keras.layers.Dense(1)])
model.compile(loss=made)
with tempfile.TemporaryDirectory() as folder:
    model.save(Path(folder) / "model.keras")
    loaded = keras.models.load_model(Path(folder) / "model.keras")
values.append(float(loaded.loss(target, output)))
print(f"keras {keras.__version__}: Huber(delta=0.3).get_config() is {made.get_config()}")
print("the loss of an error of 2, which is 0.3 * 2 - 0.3**2 / 2 = 0.555: made, copied by its configuration, loaded from a file:", values)
sys.exit(0 if "delta" not in made.get_config() and abs(values[0] - 0.555) < 1e-6 and min(values[1:]) > 1.4 else 1)
PROBE
KERAS_BACKEND=torch "$place/venv/bin/python" "$place/probe.py" || { echo "the behaviour has changed"; exit 1; }
