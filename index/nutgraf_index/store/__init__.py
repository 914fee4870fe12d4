"""What is on disk: directory and lock, commits, snapshots, segment readers."""
