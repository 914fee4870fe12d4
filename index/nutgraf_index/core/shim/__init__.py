"""A stand-in for the `cython` module, used when the core runs uncompiled.

Its module is named `cython`, so that type checkers resolve `import cython` to it. Its decorators
and functions return their argument unchanged.
"""
