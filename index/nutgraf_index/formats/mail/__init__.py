"""Mail: messages, mailboxes and web pages saved as messages, by the standard library.

A message is an article, and so is each attachment of a known format. Quotations and
signatures become notes. `mailbox` finds the messages of a file, `message` reads one.
"""
