"""Specs of cards as campaigns write them, for the tests and the benchmark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from bot.model import Brand, CardKind, CardSpec, Look

ROOT = Path(__file__).resolve().parents[2]
LONDON = ZoneInfo("Europe/London")
BRAND = Brand(
    "Free Assange Now",
    background="#14161b",
    ink="#f7f2e8",
    accent="#ff5a3c",
    logo=Path("images/logos/free-assange.png"),
)
PLAIN = Brand("Save the River", background="#fdf6e3", ink="#1d3557", accent="#2a9d8f")
LOOK = Look(BRAND, "FreeAssangeNOW")
LINKED = Look(BRAND, "FreeAssangeNOW", "https://www.amnesty.org/en/petition/")


def card(kind: CardKind, language: str = "en", look: Look = LOOK, **rest: Any) -> CardSpec:
    """Make a spec; words are given as `headline="..."` and the like."""
    fields = {name: rest.pop(name) for name in list(rest) if name in CardSpec.__slots__}
    return CardSpec(kind=kind, language=language, words=rest, look=look, **fields)


EXAMPLES = {
    "quote": card(
        CardKind.QUOTE,
        quote="If wars can be started by lies, peace can be started by truth.",
        attribution="Julian Assange",
        role="Trafalgar Square, 8 October 2011",
    ),
    "quote, long, French": card(
        CardKind.QUOTE,
        "fr",
        kicker="Liberté de la presse",
        quote="La persécution de Julian Assange est une attaque contre le droit des journalistes "
        "à faire leur travail, contre le droit du public à savoir ce qui est fait en son nom, et "
        "contre notre capacité à demander des comptes à nos gouvernements : elle doit cesser !",
        attribution="Fédération internationale des journalistes",
        role="Bruxelles, février 2022",
    ),
    "petition with a link": card(
        CardKind.PETITION,
        look=LINKED,
        headline="UK Home Secretary must release Julian Assange from London prison",
        target="UK Home Secretary",
        goal=50000,
        count=31416,
        as_of=date(2022, 2, 15),
    ),
    "petition without a count": card(
        CardKind.PETITION,
        "es",
        headline="Estados Unidos debe retirar los cargos contra Julian Assange",
        target="Fiscal General de los Estados Unidos",
        goal=50000,
    ),
    "petition past its goal": card(
        CardKind.PETITION,
        "de",
        Look(PLAIN, "SaubereElbe", "example.org/elbe"),
        headline="Sauberes Wasser für alle",
        goal=10000,
        count=12345,
        as_of=date(2024, 5, 1),
    ),
    "event, all day": card(
        CardKind.EVENT,
        "en-GB",
        headline="Take to the streets for Julian Assange",
        starts=datetime(2022, 2, 25, tzinfo=LONDON),
        all_day=True,
        places=("London", "Washington", "São Paulo", "Buenos Aires", "Mexico City", "Pretoria"),
    ),
    "event at an hour": card(
        CardKind.EVENT,
        "fr",
        headline="Tribunal de Belmarsh : inscrivez-vous pour suivre les débats en ligne",
        kicker="En ligne",
        starts=datetime(2022, 2, 25, 18, 0, tzinfo=LONDON),
        ends=datetime(2022, 2, 25, 21, 0, tzinfo=LONDON),
    ),
    "statistic": card(
        CardKind.STATISTIC,
        "pt",
        figure="175 anos",
        label="de prisão: é a pena que Julian Assange poderia receber nos Estados Unidos",
        source="Departamento de Justiça dos EUA, 2019",
    ),
    "announcement, short": card(CardKind.ANNOUNCEMENT, headline="Drop the charges"),
    "announcement with a body": card(
        CardKind.ANNOUNCEMENT,
        "fr",
        LINKED,
        headline="Écrivez à votre ambassade : demandez que les droits de Julian Assange "
        "soient respectés",
        body="Une lettre prend cinq minutes. Dites ce qui vous inquiète, demandez une réponse, "
        "et signez de votre nom et de votre ville.",
    ),
    "Greek": card(CardKind.ANNOUNCEMENT, "el", headline="Η δημοσιογραφία δεν είναι έγκλημα"),
    "Russian": card(CardKind.QUOTE, "ru", quote="Журналистика — не преступление."),
}


@contextmanager
def scratch_root() -> Iterator[Path]:
    """Give a root with the shipped logo, and no cards yet."""
    with TemporaryDirectory() as name:
        root = Path(name)
        logo = Path("images/logos/free-assange.png")
        (root / logo).parent.mkdir(parents=True)
        (root / logo).write_bytes((ROOT / logo).read_bytes())
        yield root
