"""Certificates as theorems of Coq about their own data."""
