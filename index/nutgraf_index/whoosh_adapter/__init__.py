"""The index as a Whoosh index: schema, reader, writer.

Nothing below this room imports Whoosh.
"""
