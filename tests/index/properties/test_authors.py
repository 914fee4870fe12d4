"""The names of authors in values of any type."""

import pytest

from nutgraf_index.properties.authors import names_of


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("Ann Lee", ["Ann Lee"]),
        ("By Ann Lee", ["Ann Lee"]),
        ("by: Ann Lee", ["Ann Lee"]),
        ("Written by Ann Lee", ["Ann Lee"]),
        ("Author: Ann Lee", ["Ann Lee"]),
        ("Ann Lee, Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee,Bo Ek , Cy Oz", ["Ann Lee", "Bo Ek", "Cy Oz"]),
        ("Ann Lee, Bo Ek, and Cy Oz", ["Ann Lee", "Bo Ek", "Cy Oz"]),
        ("A and B", ["A", "B"]),
        ("A & B", ["A", "B"]),
        ("A; B", ["A", "B"]),
        ("Ann Lee &amp; Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee | Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee / Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Ann Lee\nBo Ek", ["Ann Lee", "Bo Ek"]),
        ("ANN LEE AND BO EK", ["ANN LEE", "BO EK"]),
        ("Ann Lee with Bo Ek", ["Ann Lee", "Bo Ek"]),
        ("Jane and John Doe", ["Jane", "John Doe"]),
        ("Ann Lee, Bo Ek et Cy Oz", ["Ann Lee", "Bo Ek", "Cy Oz"]),
        ("Lee, Ann und Ek, Bo", ["Lee, Ann", "Ek, Bo"]),
        ("105092", []),
        ("Lee, Ann", ["Lee, Ann"]),
        ("van der Berg, Ann", ["van der Berg, Ann"]),
        ("King, Martin Luther", ["King, Martin Luther"]),
        ("King, Martin Luther, Jr.", ["King, Martin Luther, Jr."]),
        ("Martin Luther King, Jr.", ["Martin Luther King, Jr."]),
        ("Ann Lee, MD, Bo Ek", ["Ann Lee, MD", "Bo Ek"]),
        ("Smith, J.; Ek, B.", ["Smith, J.", "Ek, B."]),
        ("Smith, J., Ek, B.", ["Smith, J.", "Ek, B."]),
        ("José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("Sean O'Neill, Ann-Marie Duff", ["Sean O'Neill", "Ann-Marie Duff"]),
        ("Byron Lee", ["Byron Lee"]),
        ("李明, 王芳", ["李明", "王芳"]),
        ("Department of Health and Human Services", ["Department of Health and Human Services"]),
        ("Health and Safety Executive", ["Health and Safety Executive"]),
        ("Ann Lee <ann@example.org>", ["Ann Lee"]),
        ("ann@example.org (Ann Lee)", ["Ann Lee"]),
        ("['Ann Lee', \"Bo O'Ek\"]", ["Ann Lee", "Bo O'Ek"]),
        ('["Ann Lee"]', ["Ann Lee"]),
        (["Ann Lee", "Bo Ek", "Ann Lee", None, ""], ["Ann Lee", "Bo Ek"]),
        (["Lee, Ann", "Ann Lee and Bo Ek"], ["Lee, Ann", "Ann Lee", "Bo Ek"]),
        ({"name": "Ann Lee"}, ["Ann Lee"]),
        ([{"@type": "Person", "name": "Ann Lee"}, {"name": ["Bo Ek"]}], ["Ann Lee", "Bo Ek"]),
        ({"first": "Ann", "last": "Lee"}, ["Ann Lee"]),
        ([{"firstname": "Ann", "middlename": "B.", "lastname": "Lee"}], ["Ann B. Lee"]),
        ({"original": "By Ann Lee and Bo Ek", "person": []}, ["Ann Lee", "Bo Ek"]),
        ({"person": [{"firstname": "Ann", "lastname": "Lee"}]}, ["Ann Lee"]),
    ],
)  # fmt: skip
def test_names(value: object, authors: list[str]) -> None:
    assert list(names_of(value).authors) == authors


@pytest.mark.parametrize(
    "value",
    [
        None, "", " ", "null", "None", "N/A", "nan", float("nan"), 5, True, [], {}, "[]", [[]],
        [{}], "https://example.org/ann", "Staff Reporter",
    ],
)  # fmt: skip
def test_values_that_name_nobody(value: object) -> None:
    assert names_of(value).authors == ()


@pytest.mark.parametrize(
    ("value", "authors", "source"),
    [
        ("By Ann Lee and Bo Ek, Reuters", ["Ann Lee", "Bo Ek"], "Reuters"),
        ("Ann Lee, The Associated Press", ["Ann Lee"], "The Associated Press"),
        ("Ann Lee | The Port Post", ["Ann Lee"], "The Port Post"),
        ("Ann Lee (Reuters)", ["Ann Lee"], "Reuters"),
        ("Ann Lee for Reuters", ["Ann Lee"], "Reuters"),
        ("Ann Lee und Bo Ek, dpa", ["Ann Lee", "Bo Ek"], "dpa"),
        ("Le Monde et AFP", ["Le Monde"], "AFP"),
        ("Ann Lee avec AFP", ["Ann Lee"], "AFP"),
        ("Ann Lee avec AFP et Reuters", ["Ann Lee"], "AFP"),
        ("Reuters avec AFP", [], "Reuters"),
        (f"Ann Lee{' AP' * 600}", ["Ann Lee"], "AP"),
        ("Ann Lee, avec AFP", ["Ann Lee"], "AFP"),
        ("with Reuters", [], "Reuters"),
        ("ANN LEE AND AFP", ["ANN LEE"], "AFP"),
        ("Ann E AFP", ["Ann E"], "AFP"),
        ("Ann Lee, Port Post", ["Ann Lee"], ""),
        ("Reuters", [], "Reuters"),
        (["Ann Lee", "AFP"], ["Ann Lee"], "AFP"),
        ("Ann Lee, Political Editor", ["Ann Lee"], ""),
        ("Ann Lee in Lindholm", ["Ann Lee"], ""),
        ("Ann Lee in Lindholm and Bo Ek in Brunnvik", ["Ann Lee", "Bo Ek"], ""),
        ("Ann Lee For The Daily Post", ["Ann Lee"], ""),
        ("Ann Lee, Lindholm", ["Ann Lee"], ""),
        ("Special to The Post", [], ""),
    ],
)
def test_houses_jobs_and_places_are_no_authors(
    value: object, authors: list[str], source: str
) -> None:
    names = names_of(value)
    assert (list(names.authors), names.source, names.rest) == (authors, source, True)


def test_a_list_of_a_thousand_names_takes_no_time() -> None:
    assert len(names_of(", ".join(["Ann Lee"] * 200)).authors) == 1
    assert names_of("Ann Lee, " * 100_000).authors == ()
    assert names_of("[" + "'a', " * 100_000).authors == ()


@pytest.mark.parametrize("joiner", ["und", "et", "y", "e", "en"])
def test_joiners_of_other_languages_stand_between_full_names(joiner: str) -> None:
    assert names_of(f"Ann Lee {joiner} Bo Ek").authors == ("Ann Lee", "Bo Ek")
    assert names_of(f"José Ortega {joiner} Gasset").authors == (f"José Ortega {joiner} Gasset",)


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("Par Jean Dupont", ("Jean Dupont",)),
        ("Por Ana Pérez y Luis Gómez", ("Ana Pérez", "Luis Gómez")),
        ("Von Anna Weber und Bo Ek", ("Anna Weber", "Bo Ek")),
        ("di Mario Rossi", ("Mario Rossi",)),
        ("Door Jan de Vries", ("Jan de Vries",)),
        ("Автор: Анна Иванова", ("Анна Иванова",)),
        ("Анна Иванова и Пётр Орлов", ("Анна Иванова", "Пётр Орлов")),
        ("Haber: Ayşe Yılmaz", ("Ayşe Yılmaz",)),
        ("كتب محمد علي", ("محمد علي",)),
        # Parts of names.
        ("Von Miller", ("Von Miller",)),
        ("Di Mario Rossi", ("Di Mario Rossi",)),
        ("Par Dupont", ("Par Dupont",)),
        ("Haber Fritz Otto", ("Haber Fritz Otto",)),
    ],
)
def test_bylines_of_other_languages_in_fields(text: str, authors: tuple[str, ...]) -> None:
    assert names_of(text).authors == authors
