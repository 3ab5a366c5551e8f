"""Files and frames as rows of exact numbers: one file per format, and what all formats share."""
