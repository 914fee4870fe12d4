"""Files in files: compressed files, and the members of zip and tar archives.

All is unpacked in memory, piece by piece and within limits;
nothing is ever written to the disk.
"""
