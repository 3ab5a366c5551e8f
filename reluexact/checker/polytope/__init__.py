"""The optimal networks as a polytope of amounts: S1 to S6."""
