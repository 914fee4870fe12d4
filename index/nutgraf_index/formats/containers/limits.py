"""Limits on what a container may expand to, so that a hostile file takes little time and memory."""

from nutgraf_index.errors import ArticleError

__all__ = ["LARGER", "MEMBERS", "TOO_LARGE", "Budget", "describe_limit"]

LARGER = "larger than the limit: "
TOO_LARGE = LARGER.removesuffix(": ")  # the kind of the reason

MEMBERS = 100_000  # of an archive, with those of the archives in it
_RATIO = 200  # of all bytes unpacked to the bytes of the file; text is seldom above 30
_FREE = 1 << 24  # bytes that any file may expand to: a small one may well have a high ratio


def describe_limit(max_bytes: int) -> str:
    """Return how a message names the limit of the bytes of a file."""
    return f"{max_bytes:,} allowed (--max-bytes)"


class Budget:
    """What is left of the bytes that a file may expand to.

    Attributes:
        max_bytes: the limit of each single file or member.
    """

    def __init__(self, size: int, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self._left = max(size * _RATIO, _FREE)

    def spend(self, count: int) -> None:
        """Count bytes that were unpacked. Raises `ArticleError` if they are too many."""
        self._left -= count
        if self._left < 0:
            raise ArticleError(
                f"it expands to more than {_RATIO} times its size, as files do that are made to "
                "fill a memory: unpack it, if you know better"
            )

    def check(self, size: int, *, at_least: bool = False) -> None:
        """Raise `ArticleError` if a file of this size is too large."""
        if size > self.max_bytes:
            more = "more than " if at_least else ""
            shown = self.max_bytes if at_least else size
            raise ArticleError(f"{LARGER}{more}{shown:,} bytes, {describe_limit(self.max_bytes)}")
