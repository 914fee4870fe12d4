"""Completion in bash within `by:` and quotes, which click's own completion does not support.

Bash breaks words at colons and quotes, and replaces only the part after the last break. So this
module splits the whole line itself, then cuts each completion to that part and quotes it.
"""

import os
import re

from click.shell_completion import BashComplete, CompletionItem, split_arg_string

__all__ = ["LineComplete"]

_SCRIPT = r"""
%(complete_func)s() {
    local completion
    COMPREPLY=()
    while IFS= read -r completion; do
        case "$completion" in
            dir,*) compopt -o dirnames;;
            file,*) compopt -o default;;
            plain,*) COMPREPLY+=("${completion#plain,}");;
        esac
    done < <(COMP_LINE="${COMP_LINE:0:$COMP_POINT}" COMP_WORDBREAKS="$COMP_WORDBREAKS" \
        %(complete_var)s=bash_complete "$1")
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""
_PIECE = re.compile(
    r"""\\. | '[^']*' | "(?:\\.|[^"\\])*" | (?P<open>['"]).*\Z | .""", re.DOTALL | re.VERBOSE
)
_SPECIAL = re.compile(r"([^\w@%+=:,./-])")


class LineComplete(BashComplete):
    """Completes the line before the cursor."""

    source_template = _SCRIPT

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the complete words of the line, and the unquoted text of the incomplete word."""
        line = os.environ["COMP_LINE"]
        start, self._quote, part = _last_word(line, os.environ.get("COMP_WORDBREAKS", ""))
        before, typed = line[:start], line[start:]
        self._prefix = "".join(split_arg_string(line[start : part - len(self._quote)]))
        text = "".join(split_arg_string(typed))
        if self._quote == '"' and self._prefix:
            # In by:"Id the quote is meant for the query as well as for the shell.
            text = f'{self._prefix}"{line[part:]}'
        return split_arg_string(before)[1:], text

    def format_completion(self, item: CompletionItem) -> str:
        """Return the part of a completion that bash puts into the line, quoted."""
        if item.type != "plain":
            return super().format_completion(item)
        value: str = item.value.removeprefix(self._prefix)
        if self._quote == "'":
            value = value.replace("'", r"'\''")
        elif self._quote:
            value = re.sub(r'([\\"$`])', r"\\\1", value)
        else:
            value = _SPECIAL.sub(r"\\\1", value)
        return f"plain,{value}"


def _last_word(line: str, breaks: str) -> tuple[int, str, int]:
    """Return the offset of the last word of a line, its open quote, and the offset of its part.

    The quote is empty if none is open. The part is the text that bash replaces: the text after the
    last break or open quote of the word.
    """
    start = part = 0
    quote = ""
    for piece in _PIECE.finditer(line):
        text = piece[0]
        if text in " \t":
            start = part = piece.end()
        elif piece["open"]:
            quote, part = piece["open"], piece.start() + 1
        elif text in breaks:
            part = piece.end()
    return start, quote, part
