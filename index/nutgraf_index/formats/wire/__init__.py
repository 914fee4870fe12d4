"""Wire text: stories in envelopes of control characters, ANPA-1312 and IPTC 7901.

The text of an article has no control characters, no typesetting marks and
nothing that is not for publication; its lines are those of the file.
"""
