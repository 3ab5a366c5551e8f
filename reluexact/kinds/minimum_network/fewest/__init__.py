"""The search for few neurons over a polytope of amounts."""
