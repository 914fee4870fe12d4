"""The languages that are known: a file each, and a row in the registry."""
