"""Tells words from paths among the arguments of `search`, and answers wrong command lines."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import click

__all__ = [
    "STDIN",
    "Asked",
    "Command",
    "Commands",
    "Contradiction",
    "Separated",
    "command_line",
    "read",
    "separated",
]

STDIN = "-"  # among the paths
_TYPED = "nutgraf.typed"  # the key of the arguments in the data of a context
_SYNTAX = r"""["()“”„«»「」]|\b(?:AND|OR|NOT|NEAR|ADJ)\b"""
_FIELD = r"[-+]?\w+:"
_NUMBERLESS = r"-\w\s*[^\W\d]"


class Asked(NamedTuple):
    """A query, the paths to search in, and notes on how the arguments were read."""

    query: str
    paths: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read(words: Sequence[str], within: Sequence[str], options: Sequence[str] = ()) -> Asked:
    """Return the query and the paths of a search.

    `words` are the arguments, at least one, and `within` the paths given with --in. If the
    arguments after the first all exist as files or folders, they are paths; otherwise all arguments
    are words, joined by blanks. `-` is standard input among paths, and as the last argument.
    `options` are the rest of the command line, for the commands in the notes.
    """
    first, *rest = words
    if rest and not within and all(path == STDIN or os.path.exists(path) for path in rest):
        return Asked(first, tuple(rest), tuple(_on_paths(first, rest, options)))
    if rest[-1:] == [STDIN]:
        words, within, options = words[:-1], (*within, STDIN), [*options, "--in", STDIN]
    notes = (*_on_words(words, options), *_on_phrases(words, options))
    return Asked(" ".join(words), tuple(within), notes)


def _on_paths(first: str, paths: Sequence[str], options: Sequence[str]) -> Iterator[str]:
    """Yield a note if the paths may be meant as words.

    They are not if the first argument was quoted, or if a path has a separator or an extension.
    """
    if len(first.split()) == 1 and all(re.fullmatch(r"\w[\w-]*", path) for path in paths):
        line = command_line("search", options, [" ".join([first, *paths])])
        yield f"searching in {', '.join(paths)}; to search for the words: {line}"


def _on_words(words: Sequence[str], options: Sequence[str]) -> Iterator[str]:
    """Yield notes on words that name files or folders, and on words that look like paths."""
    named = [word for word in words[1:] if os.path.exists(word)]
    if named:
        others = [words[0], *(word for word in words[1:] if word not in named)]
        chosen = [argument for path in named for argument in ("--in", path)]
        line = command_line("search", options, others, chosen)
        yield f"searching for the words {' '.join(words)}; to search in {', '.join(named)}: {line}"
    for word in words[1:]:
        if word not in named and _like_path(word) and not _is_filter(word):
            yield f"there is no file or folder {word!r}, so it is taken as words of the query"


def _is_filter(word: str) -> bool:
    """Whether a word is a filter, as in `path:2020/01.txt`."""
    from nutgraf.query.fields import FILTERS  # slow to import, and seldom needed

    field = re.match(_FIELD, word)
    return field is not None and field[0].strip("+-:").lower() in FILTERS


def _like_path(word: str) -> bool:
    """Whether a word looks like the path of a file or folder, so that a missing one is told."""
    folder, name = os.path.split(word)
    if folder and (folder[0] in "./~" or os.path.isdir(folder.split(os.sep)[0])):
        return True
    extension = os.path.splitext(name)[1]
    if not extension[1:].isalpha() or len(word.split()) > 1:
        return False
    from nutgraf_index.formats.registry import FORMATS  # slow to import, and seldom needed

    return any(extension.lower() in format.extensions for format in FORMATS)


def _on_phrases(words: Sequence[str], options: Sequence[str]) -> Iterator[str]:
    """Yield a note if the shell took the quotes of a text that may be meant as a phrase."""
    quoted = [word for word in words if len(word.split()) > 1 and not re.search(_SYNTAX, word)]
    if len(words) > 1 and quoted:
        query = " ".join(_as_phrase(word) if word in quoted else word for word in words)
        line = command_line("search", options, [query])
        yield f"each word of {quoted[0]!r} is searched for by itself; as a phrase: {line}"


def _as_phrase(word: str) -> str:
    """Return a text as a phrase of the query syntax; in `by:Ann Lee` only the name is quoted."""
    field = re.match(_FIELD, word)
    start = field.end() if field else 0
    return f'{word[:start]}"{word[start:]}"'


def command_line(
    command: str, options: Iterable[str], words: Sequence[str], within: Sequence[str] = ()
) -> str:
    """Return a command to type, with its options, its words and --in for its paths.

    `--` stands before words of which one begins with a dash.
    """
    import shlex  # slow to import, and needed only for suggestions

    if any(word.startswith("-") for word in words):
        arguments = [*options, *within, "--", *words]
    else:
        arguments = [*options, *words, *within]
    return shlex.join(["nutgraf", command, *arguments])


class Separated(NamedTuple):
    """The parts of a command line; `unknown` are those of the words that begin with a dash."""

    options: list[str]
    words: list[str]
    unknown: list[str]


def separated(
    command: click.Command, context: click.Context, arguments: Sequence[str]
) -> Separated:
    """Return the options of a command line, with their values, and its words.

    Arguments such as `-drone` that are no option are words. Raises click's error for an unknown
    long option.
    """
    # The parser gets indices in place of values and words, so that equal arguments are told apart.
    end = [*arguments, "--"].index("--")
    tagged = [
        argument
        if index <= end and argument.startswith("-") and argument != STDIN
        and not _lacks_number(command, argument)
        else str(index)
        for index, argument in enumerate(arguments)
    ]  # fmt: skip
    while True:
        try:
            values, _, _ = command.make_parser(context).parse_args(list(tagged))
        except click.NoSuchOption as error:
            if error.option_name.startswith("--"):
                raise
            letter = error.option_name[1]  # of a cluster of short options
            index = next(
                i for i, tag in enumerate(tagged) if letter in tag and tag[0] == "-" != tag[1]
            )
            tagged[index] = str(index)
        else:
            break
    query = values.get("query")  # no tuple if there is no word
    words = {int(tag) for tag in query} if isinstance(query, tuple) else set()
    options = [a for i, a in enumerate(arguments) if i not in words and i != end]
    unknown = [arguments[i] for i in sorted(words) if i < end and arguments[i][:1] == "-"]
    return Separated(options, [arguments[i] for i in sorted(words)], unknown)


def _lacks_number(command: click.Command, argument: str) -> bool:
    """Whether an argument such as `-nuclear` begins with an option that takes a number."""
    if argument == "-nall" or not re.match(_NUMBERLESS, argument):
        return False
    return any(
        argument[:2] in option.opts
        and (isinstance(option.type, click.IntRange) or option.type.name == "limit")
        for option in command.params
    )


class Contradiction(NamedTuple):
    """Options that contradict each of some others.

    Args:
        options, others: the options as they are typed; "PATH..." for the paths
        message: the error, with the first option as {0}, the other one as {1}, and its value as {2}
        unless: a value of the other option with which it does not contradict
    """

    options: tuple[str, ...]
    others: tuple[str, ...]
    message: str = "{0} and {1} exclude each other."
    unless: object = None


class Command(click.Command):
    """A command that refuses options which contradict each other.

    An option that is given its default, or 0, contradicts none.
    """

    contradictions: tuple[Contradiction, ...] = ()
    _parser: Any = None

    def make_parser(self, context: click.Context) -> Any:
        """Return the parser of a context; it is asked for several times, and made once."""
        if self._parser is None or self._parser.ctx is not context:
            self._parser = super().make_parser(context)
        return self._parser

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        """Read the arguments; raise click's error for options that contradict each other."""
        typed = context.meta[_TYPED] = tuple(arguments)
        rest = super().parse_args(context, arguments)
        if self.contradictions and not context.resilient_parsing:
            given = self._given(context, typed)
            for options, others, message, unless in self.contradictions:
                first = next(filter(given.__contains__, options), None)
                for second in filter(given.__contains__, others if first else ()):
                    if given[second] != unless:
                        text = message.format(first, second, given[second])
                        raise click.UsageError(text, context)
        return rest

    def typed(self, context: click.Context, name: str) -> Any:
        """Return what was typed for an option, which may not be read yet; None for nothing."""
        values, _, _ = self.make_parser(context).parse_args(list(context.meta[_TYPED]))
        return values.get(name)

    def _given(self, context: click.Context, arguments: tuple[str, ...]) -> dict[str, Any]:
        """Return the value of each option that was typed, by each of its names.

        Of several flags that set one value, click itself keeps the last alone.
        """
        _, _, order = self.make_parser(context).parse_args(list(arguments))
        given: dict[str, Any] = {}
        for option in order:
            value = context.params[str(option.name)]
            is_flag = isinstance(option, click.Option) and option.is_flag
            if is_flag or value not in (None, 0, (), option.default):
                given |= dict.fromkeys((*option.opts, option.metavar or ""), value)
        return given


class Commands(click.Group):
    """A group of commands that says what to type in place of a command that does not exist.

    Args:
        further: returns further commands. It is called on first use, so that the commands of the
            group start sooner.
    """

    def __init__(
        self, *arguments: Any, further: Callable[[], Iterable[click.Command]], **keywords: Any
    ) -> None:
        super().__init__(*arguments, **keywords)
        self._further = further

    def all(self) -> dict[str, click.Command]:
        """Return all commands by their names."""
        return {**self.commands, **{str(command.name): command for command in self._further()}}

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return the command of a name; None if there is none."""
        return super().get_command(context, name) or self.all().get(name)

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of the commands, sorted."""
        return sorted(self.all())

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        """Parse the arguments; raise click's error for options that stand before a command."""
        given = list(arguments)
        try:
            return super().parse_args(context, arguments)
        except click.NoSuchOption as error:
            search = self.commands["search"]
            try:
                parts = separated(search, click.Context(search, context, "search"), given)
            except click.UsageError:
                raise error from None
            line = command_line("search", parts.options, parts.words)
            message = f"There is no command before {given[0]}. To search: {line}"
            raise click.UsageError(message, context) from None

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the named command; raise click's error, with a suggestion, if there is none."""
        try:
            return super().resolve_command(context, arguments)
        except click.UsageError:
            import difflib  # slow to import, and never needed for a command that exists

            name, *rest = arguments
            (close,) = difflib.get_close_matches(name.lower(), self.all(), 1, 0.7) or [""]
            if close:
                hint = f"Did you mean: {command_line(close, rest, ())}"
            else:
                hint = f"To search for it: {command_line('search', arguments, ())}"
            raise click.UsageError(f"No such command {name!r}. {hint}", context) from None
