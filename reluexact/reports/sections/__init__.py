"""The sections of a report, one file each: a function ``section(...)`` that turns claims into a Section of blocks."""
