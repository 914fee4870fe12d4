"""The report of a sync as lines: counted by reason, and never longer than can be read."""

from nutgraf import Skip, SyncReport
from nutgraf.output.messages import describe_report


def lines(verbose: bool = False, **fields: object) -> list[str]:
    return [*describe_report(SyncReport(**fields), verbose=verbose)]  # type: ignore[arg-type]


def test_many_reasons_are_counted_together() -> None:
    skipped = tuple(
        Skip(f"{number}.{extension}", f"unknown extension .{extension}")
        for number, extension in enumerate("aaabbcdefghijkl")
    )
    assert lines(skipped=skipped, found=15)[0] == (
        "skipped 15: 3 .a, 2 .b, 1 .c, 1 .d, 1 .e, 1 .f, 1 .g, 1 .h, 1 .i, 1 .j, "
        "2 for other reasons; nutgraf index -v lists them"
    )
    assert len(lines(verbose=True, skipped=skipped, found=15)) == 15 + 1


def test_many_lines_of_a_file_are_counted_after_the_first() -> None:
    skipped = (
        Skip("a.txt", "empty"),
        *(Skip("b.jsonl", f"not JSON: Expecting value (column {n})", n) for n in range(1, 90_001)),
        *(Skip("b.jsonl", 'no "text" in it', n) for n in range(21)),
        Skip("c.txt", "empty"),
    )
    listed = lines(verbose=True, skipped=skipped, found=3)
    assert listed[:2] == [
        "skipped a.txt: empty",
        "skipped b.jsonl:1: not JSON: Expecting value (column 1)",
    ]
    assert listed[20:23] == [
        "skipped b.jsonl:20: not JSON: Expecting value (column 20)",
        "skipped 89,980 more lines of b.jsonl: not JSON",
        'skipped b.jsonl: no "text" in it',
    ]
    assert listed[42:] == [
        'skipped 1 more line of b.jsonl: no "text" in it',
        "skipped c.txt: empty",
        "3 files found; articles: none",
    ]
    assert lines(skipped=skipped)[0] == (
        'skipped 90,023: 90,000 not JSON, 21 no "text" in it, 2 empty; nutgraf index -v lists them'
    )


def test_formats_are_listed_on_request_and_those_told_by_content_always() -> None:
    formats = {"JSON Lines": 3_000, "plain text": 120}
    recognised = (("a.txt", "ANPA"), ("b", "Factiva"), ("c.txt", "Factiva"))
    told = "recognised 3 files by content: Factiva 2, ANPA 1"
    summary = "0 files found; articles: none"
    assert lines(formats=formats, recognised=recognised) == [
        f"{told}; nutgraf index -v lists them",
        summary,
    ]
    assert lines(verbose=True, formats=formats, recognised=recognised) == [
        "recognised a.txt as ANPA",
        "recognised b as Factiva",
        "recognised c.txt as Factiva",
        told,
        "articles by format: JSON Lines 3,000, plain text 120",
        summary,
    ]


def test_files_that_lack_an_extra_are_counted_in_a_line_of_their_own() -> None:
    html, rtf, pdf = (
        f"reading {name} needs pip install 'nutgraf[{extra}]'"
        for name, extra in (("HTML", "web"), ("RTF", "web"), ("PDF", "pdf"))
    )
    skipped = (
        *(Skip(f"{number}.html", html) for number in range(1_200)),
        Skip("a.rtf", rtf),
        Skip("a.pdf", pdf),
        Skip("a.psd", "unknown extension .psd"),
    )
    told = [
        "skipped 1,201 files: reading HTML and RTF needs pip install 'nutgraf[web]'",
        "skipped 1 file: reading PDF needs pip install 'nutgraf[pdf]'",
    ]
    assert lines(skipped=skipped, found=1_203)[:3] == [
        "skipped a.psd: unknown extension .psd",
        *told,
    ]
    assert lines(verbose=True, skipped=skipped, found=1_203)[1_201:-1] == [
        f"skipped a.pdf: {pdf}",
        "skipped a.psd: unknown extension .psd",
        *told,
    ]
