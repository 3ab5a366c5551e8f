"""Adam (PyTorch), full batch, 50 neurons, the rate falling along a cosine; the best iterate is written."""

import torch
from torch_common import train

train(
    lambda leaves, unit, size: torch.optim.Adam(leaves, lr=0.03 * (unit / size) ** 0.5),
    1_500,
    lambda optimizer, steps: torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps),
)
