"""The sections of a paper that are about the optimum, whatever else it reports."""
