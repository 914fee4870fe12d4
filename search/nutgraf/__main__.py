"""`python -m nutgraf`."""

from nutgraf.cli.main import main

if __name__ == "__main__":
    main()
