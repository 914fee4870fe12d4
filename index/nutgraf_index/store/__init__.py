"""What is on disk, and how it is read.

Directory and lock, commits, snapshots, segment readers, and whether what they hold is sound.
All or nothing: a commit is published whole, and a snapshot never changes.
"""
