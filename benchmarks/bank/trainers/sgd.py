"""Gradient descent with momentum (PyTorch), full batch, 50 neurons; the rate follows the scale of the data."""

import torch
from torch_common import train

train(
    lambda leaves, unit, size: torch.optim.SGD(leaves, lr=0.02 / (unit * size), momentum=0.9),
    1_500,
    lambda optimizer, steps: torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps),
)
