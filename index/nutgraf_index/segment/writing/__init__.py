"""Writers of the arrays of a segment, for building and merging.

They use numpy. The readers in `segment/` import nothing from here,
so that a search loads no numpy.
"""
