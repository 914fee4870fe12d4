# What other modules of the core call of `postings.py`.

ctypedef fused Number:
    unsigned int
    long long

cdef long long decode_docs(
    const unsigned int[::1] words, long long word, long long last, long long limit,
    Number[::1] numbers, size_t first, long long size
) except? -1 nogil
cdef long long decode_freqs(
    const unsigned int[::1] words, size_t bit, size_t width, Number[::1] numbers, size_t first,
    size_t size
) except? -1 nogil
cdef long long gallop_blocks(
    const unsigned int[::1] rows, long long first, long long block, long long blocks, long long doc
) except? -1 nogil
