"""What a sync remembers of the reading of a file: the digest of its bytes, and the encoding."""

from typing import NamedTuple

from nutgraf_index.formats.encodings import checked_encoding, extends_ascii

__all__ = ["Reading", "given_encoding"]


def given_encoding(name: str | None) -> str:
    """Return the usual name of a given encoding, or "" for none. Raises `ArgumentError`."""
    return "" if name is None else checked_encoding(name)


class Reading(NamedTuple):
    """How a file was read, as `StoredFile.digest` states it.

    Attributes:
        digest: the digest of its bytes; if empty, the next sync reads the file again.
        encoding: the encoding of its text, if it was given or guessed; else empty.
        guessed: whether the encoding was guessed.
    """

    digest: str
    encoding: str = ""
    guessed: bool = False

    @classmethod
    def of(cls, text: str) -> "Reading":
        """Return the reading that a text states, the inverse of `str`."""
        digest, _, encoding = text.partition(":")
        return cls(digest, encoding.rstrip("?").replace("+", " with "), encoding.endswith("?"))

    def __str__(self) -> str:
        """Return the reading as a text without blanks: `HASH`, `HASH:cp1254`, `HASH:cp1254?`."""
        encoding = f":{self.encoding.replace(' with ', '+')}" if self.encoding else ""
        return f"{self.digest}{encoding}{'?' if self.guessed else ''}"

    def holds(self, given: str) -> bool:
        """Return whether the same bytes would be read in the same way with a given encoding.

        Without one, "", a file keeps the encoding that it was read in.
        """
        if not given:
            return True
        if not self.encoding:  # UTF-8, or declared
            return extends_ascii(given)
        return self.encoding == given and not self.guessed
