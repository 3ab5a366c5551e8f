"""Instances with a known optimum: residual and neurons are chosen first, targets last."""
