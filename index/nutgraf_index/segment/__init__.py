"""The arrays of a segment file: postings, term dictionary, stored fields, fingerprints."""
