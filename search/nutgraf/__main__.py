"""The entry point of the command `nutgraf`, also as `python -m nutgraf`."""

import gc
import os
import signal
import sys
from collections.abc import Callable, Mapping
from types import FrameType

__all__ = ["main"]

# Signals that ask a process to end, and what Python does by itself. Windows has no SIGHUP, which a
# terminal sends when it is closed.
_ENDINGS = {
    number: signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if (number := getattr(signal, name, None)) is not None
}
_STATUS = 128  # besides the number of the signal
# New objects after which Python looks for garbage. Its own limit is a few hundred, which makes it
# look through the modules again and again while they are imported: a tenth of a short command.
_NEW_OBJECTS = 50_000
_SECONDS_TO_RETURN = 0.01  # from what dropped an interrupt


def main() -> None:
    """Run the command line with the arguments of the process, and exit.

    SIGTERM and SIGHUP are interrupts as Ctrl-C is, so that nothing stays behind. An interrupt while
    modules are loaded ends the process without a traceback. Signals that are ignored, as SIGHUP is
    with nohup, stay ignored.
    """
    if sys.getfilesystemencoding() == "ascii":
        _start_in_utf8()
    gc.set_threshold(_NEW_OBJECTS)
    _replace(_leave, _ENDINGS)
    try:
        from nutgraf.cli.main import main as run

        _replace(_interrupt, dict.fromkeys(_ENDINGS, _leave))
        sys.unraisablehook = _interrupt_again
        run()
    except KeyboardInterrupt as interrupt:
        os._exit(_STATUS + _number_of(interrupt))


def _start_in_utf8() -> None:
    """Start the command again in Python's UTF-8 mode, which it is not in where PYTHONUTF8 is 0.

    In a locale of ASCII alone Python cannot read names of files and words of queries as others do,
    and an index would get other ids. What is printed stays ASCII.
    """
    python, *arguments = sys.orig_argv
    encoding = os.environ.get("PYTHONIOENCODING") or "ascii"
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONIOENCODING": encoding}
    os.execve(sys.executable or python, [python, "-X", "utf8", *arguments], environment)


def _replace(
    handler: Callable[[int, FrameType | None], None], before: Mapping[int, object]
) -> None:
    """Install a handler for each signal that has the handler `before`."""
    for number, handled in before.items():
        if signal.getsignal(number) is handled:
            signal.signal(number, handler)


def _leave(number: int, _frame: FrameType | None) -> None:
    os._exit(_STATUS + number)


def _interrupt(number: int, _frame: FrameType | None) -> None:
    """Raise `KeyboardInterrupt` with the number of the signal.

    A terminal that is closed may send its signal twice, which must not interrupt the clean-up.
    """
    if number != signal.SIGINT:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt(number)


def _number_of(interrupt: KeyboardInterrupt) -> int:
    """Return the number of the signal; the error of another handler has none."""
    return int((*interrupt.args, signal.SIGINT)[0])


def _interrupt_again(dropped: "sys.UnraisableHookArgs") -> None:
    """Raise an interrupt again that Python dropped, as it does in callbacks of weak references."""
    if not isinstance(dropped.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(dropped)
        return
    from threading import Timer, get_ident

    number = _number_of(dropped.exc_value)
    signal.signal(number, _interrupt)
    # Windows has no `pthread_kill`, which ends a wait of this thread too.
    send = getattr(signal, "pthread_kill", lambda _thread, number: signal.raise_signal(number))
    timer = Timer(_SECONDS_TO_RETURN, send, [get_ident(), number])
    timer.daemon = True
    timer.start()


if __name__ == "__main__":
    main()
