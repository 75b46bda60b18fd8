"""Names of columns in six languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.reasons import LANGUAGES
from bot.tables import NAMES, Column, column_named
from bot.tables.names import plain


def test_no_name_stands_for_two_columns() -> None:
    """Otherwise the order of a list would decide what a person meant."""
    owners: dict[str, Column] = {}
    for column, names in NAMES.items():
        for name in names.split(", "):
            other = owners.setdefault(plain(name), column)
            assert other is column, f"{name}: {other} and {column}"


def test_the_reference_names_each_column_as_the_code_does() -> None:
    """Whoever reads docs/reference.md and names a column so is understood."""
    reference = (Path(__file__).parents[2] / "docs" / "reference.md").read_text("utf-8")
    section = reference.partition("## Spreadsheets")[2].partition("\n## ")[0]
    shown = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", section, re.MULTILINE))
    assert list(shown) == [column.value for column in Column]
    for column, names in shown.items():
        for name in names.split(", "):
            found = column_named(name)
            assert found is not None, name
            assert found[0] == column, name


def test_every_column_has_names() -> None:
    """A column that nobody can name is none."""
    assert set(NAMES) == set(Column)


@pytest.mark.parametrize(
    ("language", "header"),
    [
        ("en", "Date|Time|Text|Link|Image|Alt text|Networks|Account|Language|Time zone|Hashtags"),
        ("es", ("Fecha|Hora|Texto|Enlace|Imagen|Texto alternativo|Redes|Cuenta|Idioma|Zona horaria"
               "|Hashtags")),
        ("pt", ("Data|Horário|Mensagem|Link|Imagem|Descrição da imagem|Redes sociais|Conta|Língua"
               "|Fuso horário|Hashtags")),
        ("fr", ("Date|Heure|Texte|Lien|Visuel|Texte alternatif|Réseaux|Compte|Langue"
               "|Fuseau horaire|Mots-dièse")),
        ("de", ("Datum|Uhrzeit|Beitrag|Verlinkung|Bild|Alternativtext|Kanäle|Konto|Sprache"
               "|Zeitzone|Hashtags")),
        ("it", ("Data|Ora|Testo|Collegamento|Immagine|Testo alternativo|Piattaforme|Profilo|Lingua"
               "|Fuso orario|Hashtag")),
    ],
)  # fmt: skip
def test_each_language_names_what_people_keep(language: str, header: str) -> None:
    """The columns of the calendars that people really have, in their own words."""
    assert (LANGUAGES / f"{language}.yaml").is_file()
    expected = [
        Column.DATE, Column.TIME, Column.TEXT, Column.LINK, Column.IMAGE, Column.ALT,
        Column.NETWORKS, Column.ACCOUNT, Column.LANGUAGE, Column.TIMEZONE, Column.HASHTAGS,
    ]  # fmt: skip
    found = [column_named(name) for name in header.split("|")]
    assert [one and one[0] for one in found] == expected


@pytest.mark.parametrize(
    "written",
    ["ALT TEXT", "alt-text", " Alttext ", "Alt text (for blind people)", "Alt\xa0text:", "alt_text",
     "Álttext"],
)  # fmt: skip
def test_case_accents_spacing_and_asides_do_not_count(written: str) -> None:
    """People do not name a column the same way twice."""
    found = column_named(written)
    assert found is not None
    assert found[0] is Column.ALT
