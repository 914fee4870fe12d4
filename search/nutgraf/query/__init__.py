"""Query text to query tree: lexer, parser, tree, fields, diagnostics."""
