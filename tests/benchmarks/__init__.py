"""Benchmarks: every figure is a ratio, or a rate, measured within one run.

``python -m tests.benchmarks [NAME...] [--large FILE]`` prints them as a table. Each lies in a file
of its own with ``run() -> list[Result]``; pytest collects none of them.
"""
