"""The names people give to columns, in English, Spanish, Portuguese, French, German, Italian.

Case, accents, spaces and punctuation do not count. The first name of each is the one that
docs/reference.md shows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import regex

from bot.tables.model import Column

NAMES: Final[Mapping[Column, str]] = {
    Column.DATE: (
        "Date, Post date, Posting date, Publish date, Publishing date, Publication date, "
        "Scheduled, Schedule, Scheduled date, Schedule date, Scheduled for, Scheduled at, "
        "Date and time, Date/Time, Datetime, Date & time, Date (UTC), Posting time, "
        "Scheduled time, Schedule time, Scheduled datetime, Post at, postAtSpecificTime, "
        "Publish at, Go live, Go live date, When, "
        "Fecha, Fecha de publicación, Fecha y hora, Cuándo, Programado, Programado para, "
        "Data, Data de publicação, Data e hora, Quando, Agendado, Agendado para, "
        "Date de publication, Date et heure, Quand, Programmé le, "
        "Datum, Veröffentlichungsdatum, Datum der Veröffentlichung, Datum und Uhrzeit, "
        "Datum/Uhrzeit, Wann, Geplant, Geplant für, Termin, Posting-Datum, Postdatum, "
        "Data di pubblicazione, Data e ora, Programmato, Programmato per, "
        "Day, Día, Dia, Jour, Tag, Giorno"
    ),
    Column.TIME: (
        "Time, Hour, Post time, Publish time, Publishing time, Time of day, Time (24h), "
        "Local time, "
        "Hora, Hora de publicación, Horario, "
        "Horário, Hora de publicação, "
        "Heure, Heure de publication, Horaire, "
        "Uhrzeit, Zeit, Zeitpunkt, Uhr, "
        "Ora, Orario, Ora di pubblicazione"
    ),
    Column.TEXT: (
        "Text, Post, Posts, Post text, Copy, Post copy, Social copy, Caption, Tweet, Tweets, "
        "Tweet text, Toot, Message, Messages, Message text, Post message, Content, "
        "Post content, Body, Status update, Wording, Share text, "
        "Texto, Mensaje, Publicación, Contenido, Texto del mensaje, Texto de la publicación, "
        "Tuit, "
        "Mensagem, Publicação, Conteúdo, Legenda, Postagem, Texto da postagem, "
        "Texte, Texte du post, Contenu, Légende, Texte de la publication, Tweet texte, "
        "Nachricht, Beitrag, Beitragstext, Posttext, Post-Text, Inhalt, Botschaft, Wortlaut, "
        "Meldung, Textvorschlag, "
        "Testo, Messaggio, Contenuto, Didascalia, Testo del post"
    ),
    Column.LINK: (
        "Link, URL, Links, Web link, Website, Web address, Address, Link URL, Post link, "
        "Landing page, Destination URL, OGmetaUrl, "
        "Enlace, Vínculo, Dirección web, Enlace web, "
        "Ligação, Endereço, Hiperligação, "
        "Lien, Lien URL, Adresse web, Adresse internet, "
        "Verweis, Webadresse, Internetadresse, Verlinkung, "
        "Collegamento, Indirizzo web, Indirizzo"
    ),
    Column.IMAGE: (
        "Image, Picture, Photo, Photos, Images, Pictures, Image URL, Image URLs, Media, "
        "Media URL, Media URLs, Image file, Image name, File, File name, Filename, Graphic, "
        "Visual, Asset, Picture URL, Picture URL 1, Image link, Attachment, Creative, "
        "Imagen, Foto, Imagen URL, URL de la imagen, Archivo, Gráfica, Fotografía, "
        "Imagem, URL da imagem, Arquivo, Ficheiro, "
        "Visuel, Fichier, URL de l'image, Illustration, "
        "Bild, Bilder, Fotos, Bilddatei, Grafik, Datei, Dateiname, Bild-URL, Bildname, Sharepic, "
        "Immagine, File immagine, Immagini, URL immagine"
    ),
    Column.ALT: (
        "Alt text, Alt, Alternative text, Alttext, Image description, Picture description, "
        "Alt text picture 1, Image alt text, Image alt, Media description, Alt description, "
        "Texto alternativo, Texto alt, Descripción de la imagen, Descripción de imagen, "
        "Descrição da imagem, Descrição de imagem, "
        "Texte alternatif, Texte alt, Description de l'image, Description image, "
        "Alternativtext, Alt-Text, Bildbeschreibung, Bildbeschreibungen, "
        "Testo alternativo, Testo alt, Descrizione dell'immagine, Descrizione immagine"
    ),
    Column.NETWORKS: (
        "Networks, Network, Platform, Platforms, Channel, Channels, Social network, "
        "Social networks, Service, Social media, Where, "
        "Red, Redes, Red social, Redes sociales, Plataforma, Plataformas, Canal, Canales, "
        "Rede, Rede social, Redes sociais, Canais, "
        "Réseau, Réseaux, Réseau social, Réseaux sociaux, Plateforme, Plateformes, Canaux, "
        "Netzwerk, Netzwerke, Plattform, Plattformen, Kanal, Kanäle, Soziales Netzwerk, "
        "Soziale Netzwerke, Wo, "
        "Rete, Reti, Rete sociale, Piattaforma, Piattaforme, Canale, Canali"
    ),
    Column.ACCOUNT: (
        "Account, Accounts, Profile, Profiles, Handle, Social account, Social profile, Page, "
        "Cuenta, Cuentas, Perfil, "
        "Conta, Contas, Perfis, "
        "Compte, Comptes, Profil, "
        "Konto, Konten, Profile name, Profilname, Accountname, "
        "Profilo, Profili"
    ),
    Column.LANGUAGE: (
        "Language, Lang, Languages, Locale, "
        "Idioma, Lengua, "
        "Língua, Linguagem, "
        "Langue, "
        "Sprache, "
        "Lingua"
    ),
    Column.TIMEZONE: (
        "Timezone, Time zone, TZ, Zone, "
        "Zona horaria, Huso horario, "
        "Fuso horário, Fuso, "
        "Fuseau horaire, Fuseau, "
        "Zeitzone, "
        "Fuso orario"
    ),
    Column.ACTION: ("Action, Campaign action, Ask, Acción, Ação, Aktion, Mitmachaktion, Azione"),
    Column.HASHTAGS: (
        "Hashtags, Hashtag, Tags, Tag list, "
        "Etiquetas, "
        "Mots-dièse, Mot-dièse, Mots-clics, "
        "Schlagwörter, Schlagworte"
    ),
    Column.CAMPAIGN: ("Campaign, Campaign name, Campaña, Campanha, Campagne, Kampagne, Campagna"),
    Column.SOURCE: (
        "Source, Sources, Reference, Evidence, "
        "Fuente, Fuentes, "
        "Fonte, Fontes, "
        "Sources (liens), Référence, "
        "Quelle, Quellen, Beleg, Quellenangabe, "
        "Fonti, Riferimento"
    ),
    Column.CREDIT: (
        "Credit, Name, Author, Credits, By, Written by, Submitted by, Volunteer, From, Sender, "
        "Nombre, Autor, Autora, Crédito, Créditos, Enviado por, Voluntaria, Voluntario, "
        "Nome, Autoria, Enviada por, "
        "Nom, Auteur, Autrice, Auteure, Crédit, Proposé par, Envoyé par, "
        "Autorin, Verfasser, Verfasserin, Von, Eingereicht von, Urheber, "
        "Autore, Inviato da, Crediti"
    ),
    Column.NOTES: (
        "Notes, Note, Comment, Comments, Remarks, Remark, Internal notes, Notes (internal), "
        "Characters, Character count, Length, Chars, Approved, Approval, Approved by, Done, "
        "Posted, Status, Weekday, Day of week, ID, No, Nr, #, "
        "Notas, Nota, Comentario, Comentarios, Observaciones, Caracteres, Aprobado, "
        "Comentário, Comentários, Observações, Aprovado, "
        "Remarque, Remarques, Commentaire, Commentaires, Caractères, Validé, "
        "Notiz, Notizen, Anmerkung, Anmerkungen, Bemerkung, Bemerkungen, Kommentar, Zeichen, "
        "Zeichenzahl, Freigabe, Freigegeben, Wochentag, Erledigt, "
        "Commenti, Commento, Osservazioni, Caratteri, Approvato"
    ),
}
"""Each column's names. Where a file has two for one column, the one named earlier here is it:
a "Day" beside a "Date" is a weekday."""

_LONGEST: Final = 100
_NOT_LETTERS = regex.compile(r"[^\p{L}\p{N}#]+")
_ASIDE = regex.compile(r"[(\[{][^)\]}]*[)\]}]?")


def plain(words: str) -> str:
    """Reduce a name to its letters and digits: `Alt-Text ` and `alt text` are one."""
    spread = unicodedata.normalize("NFKD", words[:_LONGEST]).casefold()
    bare = "".join(c for c in spread if not unicodedata.combining(c))
    return _NOT_LETTERS.sub("", bare)


def column_named(words: str) -> tuple[Column, int] | None:
    """Tell which column a heading stands for, as written or without `(max. 280)` behind it.

    The number says how far down among the column's names it stands: fewer is surer.
    """
    if len(words) > _LONGEST:
        return None
    known = _by_name()
    return known.get(plain(words)) or known.get(plain(_ASIDE.sub(" ", words)))


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, tuple[Column, int]]:
    names: dict[str, tuple[Column, int]] = {}
    for column, written in NAMES.items():
        for rank, name in enumerate(written.split(", ")):
            names.setdefault(plain(name), (column, rank))
    return names
