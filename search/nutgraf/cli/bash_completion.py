"""Completion in bash, whose way of cutting a line into words click leaves to bash.

Bash breaks words at colons and at quotes, and puts what is completed in place of the part after the
last break alone. So the whole line is read here, and each completion is cut to that part and quoted
as it has to stand in the line.
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
    """Completes what stands before the cursor."""

    source_template = _SCRIPT

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the last one of the line, and what that one says so far."""
        line = os.environ["COMP_LINE"]
        start, self._quote, at = _last_word(line, os.environ.get("COMP_WORDBREAKS", ""))
        before, typed = line[:start], line[start:]
        self._kept = "".join(split_arg_string(line[start : at - len(self._quote)]))
        said = "".join(split_arg_string(typed))
        if self._quote == '"' and self._kept:
            # by:"Id: who types that means a quote of the query as well as one of the shell.
            said = f'{self._kept}"{line[at:]}'
        return split_arg_string(before)[1:], said

    def format_completion(self, item: CompletionItem) -> str:
        """Return the part of a completion that bash is to put into the line."""
        if item.type != "plain":
            return super().format_completion(item)
        value: str = item.value.removeprefix(self._kept)
        if self._quote == "'":
            value = value.replace("'", r"'\''")
        elif self._quote:
            value = re.sub(r'([\\"$`])', r"\\\1", value)
        else:
            value = _SPECIAL.sub(r"\\\1", value)
        return f"plain,{value}"


def _last_word(line: str, breaks: str) -> tuple[int, str, int]:
    """Return where a line's last word starts, which quote is open at its end, or none.

    And where the part begins that bash replaces.
    """
    start = at = 0
    quote = ""
    for piece in _PIECE.finditer(line):
        text = piece[0]
        if text in " \t":
            start = at = piece.end()
        elif piece["open"]:
            quote, at = piece["open"], piece.start() + 1
        elif text in breaks:
            at = piece.end()
    return start, quote, at
