"""The table of shapes of English articles, one file a role.

The rows of a role stand in the order in which they are tried: before another row stands a row that
is right where both match. All examples are invented.
"""
