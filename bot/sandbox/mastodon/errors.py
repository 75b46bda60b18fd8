"""Mastodon's error answers. Their texts come in the account's language, as the real ones do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Response

from bot.sandbox.faults import Fault
from bot.sandbox.gate import json_answer, trouble

_INVALID = {
    "en": "Validation failed: {}",
    "de": "Gültigkeitsprüfung ist fehlgeschlagen: {}",
    "es": "Error de validación: {}",
    "fr": "La validation a échoué : {}",
    "pt": "Validação falhou: {}",
    "ja": "バリデーションに失敗しました: {}",
}
_BLANK = {
    "en": "Text can't be blank",
    "de": "Text darf nicht leer sein",
    "es": "Text no puede estar en blanco",
    "fr": "Text doit être rempli(e)",
    "pt": "Text não pode ficar em branco",
    "ja": "Textを入力してください",
}
_TOO_LONG = {
    "en": "Text character limit of {} exceeded",
    "de": "Text Begrenzung von {} Zeichen überschritten",
    "es": "Text límite de {} caracteres excedido",
    "fr": "Text limite de {} caractères dépassée",
    "pt": "Text limite de {} caracteres excedido",
    "ja": "Text上限は{}文字です",
}


class Refused(Exception):
    """An error answer on its way out."""

    def __init__(self, status: int, error: str, **more: str) -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error, **more}
        self.headers: dict[str, str] = {}

    def answer(self) -> Response:
        """Turn it into an answer."""
        response = json_answer(self.body, self.status)
        response.headers.extend(self.headers)
        return response


def _in(texts: dict[str, str], language: str) -> str:
    return texts.get(language.split("-")[0], texts["en"])


def blank(status: int, language: str) -> Refused:
    """Refuse a post of no text and no picture."""
    return Refused(status, _in(_INVALID, language).format(_in(_BLANK, language)))


def too_long(status: int, language: str, limit: int) -> Refused:
    """Refuse a post above `limit` characters."""
    return Refused(status, _in(_INVALID, language).format(_in(_TOO_LONG, language).format(limit)))


def invalid(status: int, language: str, detail: str) -> Refused:
    """Refuse something else that the request holds."""
    return Refused(status, _in(_INVALID, language).format(detail))


def bad_token(status: int = 401) -> Refused:
    """Refuse a token that is unknown or revoked."""
    return Refused(status, "The access token is invalid")


def not_found() -> Refused:
    """Say that there is no such record."""
    return Refused(404, "Record not found")


def mastodon_time(moment: datetime) -> str:
    """Write a time as Mastodon's entities do: UTC, milliseconds, Z."""
    moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def faulty(fault: Fault, now: datetime) -> Response:
    """Answer what `fault` asks for."""
    if fault.kind == "server_error":
        return trouble(fault)
    if fault.kind in ("rate_limited", "usage_capped", "daily_limited"):
        refused = Refused(429, "Too many requests")
        seconds = fault.options.get("reset", 300)
        if seconds not in (None, False):
            reset = now + timedelta(seconds=float(seconds))
            refused.headers = {
                "X-RateLimit-Limit": "300",
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset": f"{reset:%Y-%m-%dT%H:%M:%S}.000000Z",
            }
        return refused.answer()
    answers = {
        "bad_request": Refused(400, "Bad request"),
        "unauthorized": bad_token(),
        "payment": Refused(402, "Payment Required"),
        "forbidden_duplicate": Refused(422, "Validation failed: Text is a duplicate"),
        "suspended": Refused(403, "Your login is currently disabled"),
        "not_found": not_found(),
        "unprocessable": Refused(422, "Validation failed: the sandbox was asked for this"),
    }
    return answers[fault.kind].answer()
