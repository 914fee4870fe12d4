"""What helps who found little, and completion.

Did you mean, fewer words, counts of words; each suggestion is searched before it is made.
That is why it stands above rewriting and ranking.
"""
