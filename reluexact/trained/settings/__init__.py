"""From the settings of a trainer to the problem that they mean, without any model; :func:`meaning` is the door."""

from reluexact.trained.settings.meaning import Meaning, described, meaning, settings_of
from reluexact.trained.settings.table import TRAINERS

__all__ = ["TRAINERS", "Meaning", "described", "meaning", "settings_of"]
