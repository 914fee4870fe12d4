"""Read files: in this process, and ahead in worker processes.

What was read ahead of a file counts only if the file still has the same bytes when its turn comes.
So neither the number of processes nor their speed changes an index.
"""
