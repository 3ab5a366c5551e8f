"""The bank: instances whose optimum is proved, for the tests of other programs."""
