"""The penalty that predicts best: cross-validation over the whole path."""
