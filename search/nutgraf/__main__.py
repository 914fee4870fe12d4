"""The entry point of the command `nutgraf`, also as `python -m nutgraf`."""

import gc
import os
import signal
from types import FrameType

__all__ = ["main"]

_INTERRUPTED = 130
# New objects after which Python looks for garbage. Its own limit is a few hundred, which makes it
# look through the modules again and again while they are imported: a tenth of a short command.
_NEW_OBJECTS = 50_000


def main() -> None:
    """Run the command line with the arguments of the process, and exit.

    An interrupt while modules are loaded ends the process without a traceback.
    """
    gc.set_threshold(_NEW_OBJECTS)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)
    try:
        from nutgraf.cli.main import main as run

        if signal.getsignal(signal.SIGINT) is _leave:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        run()
    except KeyboardInterrupt:
        os._exit(_INTERRUPTED)


def _leave(_number: int, _frame: FrameType | None) -> None:
    os._exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
