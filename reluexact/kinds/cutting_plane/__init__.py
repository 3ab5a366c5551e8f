"""Training by cutting planes: one violated constraint of the dual after the other."""
