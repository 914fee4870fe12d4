"""Files and folders to changes of an index.

Roots of the paths, walking folders, which files changed, and the report of what was done.
It reads by way of formats, and writes by way of indexing.
"""
