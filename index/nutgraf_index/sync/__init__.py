"""Files and folders to changes of an index.

Roots of the paths, walking folders, which files changed, and the report.
"""
