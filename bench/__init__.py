"""Measurements: `make bench` on a small invented set, `make bench-national` on an invented nation.

Each module `bench_*.py` registers what it measures with `@benchmark`. See docs/recipes/measure-something.md.
"""
