"""The bytes of a file to articles."""
