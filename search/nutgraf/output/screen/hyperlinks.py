"""Hyperlinks of citations on a terminal: named formats, and the links that they make."""

import os
import re

from nutgraf.results.hits import Hit
from nutgraf.results.pointer import pointed
from nutgraf_index.errors import ArgumentError
from nutgraf_index.names import archive_of

__all__ = ["FORMATS", "format_of", "hyperlink"]

# The names are those of ripgrep.
FORMATS = {
    "default": "file://{path}{pointer}",
    "none": "",
    "cursor": "cursor://file{path}:{line}:{column}",
    "file": "file://{host}{path}",
    "grep+": "grep+://{path}:{line}",
    "kitty": "file://{host}{path}#{line}",
    "macvim": "mvim://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscode-insiders": "vscode-insiders://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
}
_VARIABLES = ("path", "line", "column", "host", "page", "pointer")
_VARIABLE = re.compile(r"\{(.*?)\}")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WEB = ("http://", "https://")


def format_of(text: str) -> str:
    """Return the format with a name, or a checked format such as `vscode://file{path}:{line}`.

    Raises `ArgumentError` if a format has no scheme, an unknown variable, or no `{path}`.
    """
    if text in FORMATS:
        return FORMATS[text]
    if not _SCHEME.match(text):
        names = ", ".join(FORMATS)
        raise ArgumentError(
            f"{text!r} is neither a format of hyperlinks nor begins with a scheme such as file://; "
            f"the formats are {names}"
        )
    variables = _VARIABLE.findall(text)
    for variable in variables:
        if variable not in _VARIABLES:
            known = ", ".join(f"{{{name}}}" for name in _VARIABLES)
            raise ArgumentError(f"{{{variable}}} is no variable of hyperlinks; they are {known}")
    rest = _VARIABLE.sub("", text)
    if "{" in rest or "}" in rest:
        raise ArgumentError(f"a brace of {text!r} has no partner; write {{path}}")
    if "path" not in variables:
        raise ArgumentError(f"{text!r} does not say which file to open: add {{path}}")
    if "column" in variables and "line" not in variables:
        raise ArgumentError(f"{text!r} has {{column}} without {{line}}")
    if not rest.isprintable() or not rest.isascii() or " " in rest:
        raise ArgumentError(f"{text!r} has characters that a URL may not have; write them as %20")
    return text


def hyperlink(hit: Hit, format: str) -> str:
    """Return the link to a hit's line; to its URL if it has no file; empty if there is no link.

    The link of a member of an archive is that of the archive, and has no pointer.

    `format` is the name of a format or a checked format. `{column}` is 1, where a passage starts;
    `{page}` is 1 if the file has no pages, and `{pointer}` is `Hit.pointer`, with its `#`.
    """
    format = FORMATS.get(format, format)
    if not format:
        return ""
    from urllib.parse import quote  # slow to import, and never needed in a pipe

    if not os.path.isabs(hit.path):
        if not hit.url.startswith(_WEB):
            return ""
        return pointed(quote(hit.url, safe="%/:?#[]@!$&'()*+,;=~"), hit.pointer)
    path = hit.path.replace(os.sep, "/")
    archive = archive_of(path)
    path = quote(os.fsencode(archive or path))
    values = {
        "path": path if path.startswith("/") else f"/{path}",
        "line": str(hit.line),
        "column": "1",
        "host": _host() if "{host}" in format else "",
        "page": str(hit.page or 1),
        "pointer": "" if archive else hit.pointer,
    }
    return _VARIABLE.sub(lambda variable: values[variable[1]], format)


def _host() -> str:
    import socket  # slow to import, and seldom needed

    return socket.gethostname()
