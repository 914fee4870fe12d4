"""The index as a Whoosh index: schema, reader, writer.

Runs Whoosh's own queries, and serves tests as an oracle.
No module outside this folder imports Whoosh.
"""
