"""Files and folders to changes of an index: roots, walking, what changed, the report."""
