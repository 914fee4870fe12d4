"""Text to terms, by the language of an article."""
