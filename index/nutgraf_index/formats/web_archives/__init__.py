"""Web archives: the pages that crawlers and browsers keep in WARC and WACZ files.

The records are found here, so that damage costs one record and not the file. warcio reads
the answers of servers in them, with their chunks and compressions.
"""
