"""A stand-in for the `cython` module, used when the core runs uncompiled.

The module is called as the one it stands for, so that type checkers take it for that.
It does nothing but hand on what it is given.
"""
