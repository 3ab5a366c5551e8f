"""Tests of solvers that others wrote, against proved optima."""
