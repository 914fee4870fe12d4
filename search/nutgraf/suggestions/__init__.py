"""Did-you-mean, help for queries that find few passages, and completion.

Help is did-you-mean, relaxation and counts of words. Every suggestion is searched before it is
returned, so this room stands above rewriting and ranking.
"""
