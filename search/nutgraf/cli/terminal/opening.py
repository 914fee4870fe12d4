"""Opens a passage: its file in an editor at the line, or its page or URL in a browser."""

import os
import shlex
import shutil
import subprocess

from nutgraf.cli import console
from nutgraf.cli.terminal.last_search import Place
from nutgraf.cli.terminal.pager import ignoring_interrupts
from nutgraf_index.errors import NutgrafError
from nutgraf_index.names import archive_of

__all__ = ["editor_command", "open_place"]

_USUAL = ("editor", "nano", "vim", "vi", "notepad")  # where neither $VISUAL nor $EDITOR is set
# Programs that do not take +LINE, as vi, nano and emacs do.
_GO_TO = ("code", "code-insiders", "code-oss", "codium", "vscodium", "cursor", "windsurf")
_COLON = ("subl", "sublime_text", "zed", "zeditor", "hx", "helix", "atom")
_LINE = ("kate", "kwrite", "mate", "idea", "pycharm", "webstorm", "clion", "goland", "rider")
_DOCUMENTS = (b"PK\x03\x04", b"{\\rtf")
_WITHOUT_LINE = ("notepad", "open", "xdg-open", "gnome-text-editor")


def open_place(place: Place) -> int:
    """Open a passage and return the exit status, 0 or 2.

    Raises `NutgrafError` if there is nothing to open, or nothing to open it with.
    """
    if os.path.isfile(place.path) and (place.page or _is_document(place.path)):
        from pathlib import Path

        # No editor shows pages, nor documents: the program that the system has for them does.
        page = f"#page={place.page}" if place.page else ""
        return _browse(f"{Path(place.path).as_uri()}{page}")
    is_web = place.url.startswith(("http://", "https://"))
    if os.path.isabs(place.path) and (os.path.exists(place.path) or not is_web):
        return _edit(place)
    if not is_web:
        raise NutgrafError(f"{place.citation} has neither a file nor a URL to open")
    return _browse(place.url)


def _is_document(path: str) -> bool:
    """Return whether a file is a document of a word processor, or a book, by how it begins."""
    try:
        with open(path, "rb") as file:
            return file.read(5).startswith(_DOCUMENTS)
    except OSError:
        return False


def _browse(url: str) -> int:
    import webbrowser

    console.say(f"opening {url}")
    if not webbrowser.open(url):
        raise NutgrafError(f"there is no browser to open {url}: set BROWSER")
    return 0


def _edit(place: Place) -> int:
    archive = archive_of(place.path)
    if archive and os.path.isfile(archive):
        raise NutgrafError(
            f"{place.citation} is in the archive {archive}, which no editor opens; `nutgraf show` "
            "prints it"
        )
    if not os.path.exists(place.path):
        raise NutgrafError(
            f"the file {place.path} of {place.citation} is gone; `nutgraf show` prints the passage"
        )
    variable = next((name for name in ("VISUAL", "EDITOR") if os.environ.get(name, "").strip()), "")
    if variable:
        try:
            editor = shlex.split(os.environ[variable])
        except ValueError as error:
            raise NutgrafError(f"${variable} is no command: {error}") from None
    else:
        editor = [next(filter(shutil.which, _USUAL), "")]
        if not editor[0]:
            raise NutgrafError("no editor is known: set EDITOR, as in EDITOR=nano")
    try:
        with subprocess.Popen(editor_command(editor, place)) as process, ignoring_interrupts():
            status = process.wait()
    except OSError as error:
        raise NutgrafError(
            f"the editor {editor[0]!r} of ${variable} cannot be run: {error.strerror}; set EDITOR"
        ) from error
    if status:
        raise NutgrafError(f"the editor {editor[0]!r} ended with status {status}")
    return 0


def editor_command(editor: list[str], place: Place) -> list[str]:
    """Return the command that opens a passage's file at its line.

    `editor` is a program with its options. The program's name decides how the line is given.
    """
    name = os.path.splitext(os.path.basename(editor[0]))[0].lower()
    path, line = place.path, place.line
    if name in _GO_TO:
        return [*editor, "-g", f"{path}:{line}"]
    if name in _COLON:
        return [*editor, f"{path}:{line}"]
    if name in _LINE:
        return [*editor, "--line", str(line), path]
    if name in _WITHOUT_LINE:
        return [*editor, path]
    return [*editor, f"+{line}", path]
