"""The command line, by click. It calls the public names and prints what they return.

Nobody imports this room.
"""
