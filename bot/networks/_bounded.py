"""Bounds what one call may take, whatever the server does: seconds in all, and bytes.

A timeout of `requests` is the longest time without a byte; a server that lets one drip every
few seconds could hold an account for ever. So a connection has an end, twice its timeout after
it was begun: every read of the answer, its headers included, waits no longer than that.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import Any, cast

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError

from bot.networks.permit import is_permitted

LARGEST = 8 * 1024 * 1024
"""Bytes of an answer, unpacked. A hundred posts with all their fields have 0.3 MB."""

_PIECE = 16 * 1024
"""Bytes read at a time: a packed answer grows a thousandfold at most."""

_ADDRESSES = 3
"""A host's addresses are tried one after the other; few hosts have more than so many."""


class _Reader(io.RawIOBase):
    """The bytes of one answer, until its time is up."""

    def __init__(self, sock: socket.socket, until: float) -> None:
        self._sock = sock
        self._patience = sock.gettimeout()
        self._until = until
        # Opened for reading as http.client does, so that closing the socket waits for us.
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401 (io's own)
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long in all")
        self._sock.settimeout(left if self._patience is None else min(left, self._patience))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        """Let go of the socket."""
        self._raw.close()
        super().close()


class _Connection(HTTPConnection):
    """A connection with an end."""

    _until = 0.0

    def connect(self) -> None:
        with _bounded(self):
            super().connect()
        _must_be_permitted(self)

    def response_class(  # type: ignore[override]  # a class there; what it makes is the same
        self, sock: socket.socket, debuglevel: int = 0, method: str | None = None
    ) -> http.client.HTTPResponse:
        return _response(sock, self._until, debuglevel, method)


class _SecureConnection(HTTPSConnection):
    """The same; and "not connected" is whatever goes wrong before the first byte of a request."""

    _until = 0.0

    def connect(self) -> None:
        try:
            with _bounded(self):
                super().connect()
        except (OSError, HTTPException, ValueError) as error:  # TLS, a proxy's tunnel, timeouts
            raise NewConnectionError(self, f"{type(error).__name__}: {error}") from error
        _must_be_permitted(self)

    def response_class(  # type: ignore[override]  # as above
        self, sock: socket.socket, debuglevel: int = 0, method: str | None = None
    ) -> http.client.HTTPResponse:
        return _response(sock, self._until, debuglevel, method)


def _must_be_permitted(connection: HTTPConnection) -> None:
    if not is_permitted():
        reason = "this process stood still for too long: others have taken over"
        raise NewConnectionError(connection, reason)


@contextmanager
def _bounded(connection: _Connection | _SecureConnection) -> Iterator[None]:
    """Set the connection's end, and let all of its host's addresses together have one timeout."""
    whole = connection.timeout if isinstance(connection.timeout, int | float) else 30.0
    connection._until = time.monotonic() + 2 * whole
    connection.timeout = whole / _ADDRESSES
    try:
        yield
    finally:
        connection.timeout = whole
    connection.sock.settimeout(whole)


def _response(
    sock: socket.socket, until: float, debuglevel: int, method: str | None
) -> http.client.HTTPResponse:
    response = http.client.HTTPResponse(sock, debuglevel, method)
    response.fp.close()
    response.fp = io.BufferedReader(_Reader(sock, until))
    return response


class _Pool(urllib3.HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class BoundedAdapter(HTTPAdapter):
    """Sends one request over a connection of its own and reads the whole answer, within bounds."""

    def init_poolmanager(
        self,
        connections: int,
        maxsize: int,
        block: bool = False,
        **pool_kwargs: Any,  # noqa: ANN401 (requests' own)
    ) -> None:
        super().init_poolmanager(connections, maxsize, block, **pool_kwargs)
        _use_our_connections(self.poolmanager)

    def proxy_manager_for(
        self,
        proxy: str,
        **proxy_kwargs: Any,  # noqa: ANN401 (requests' own)
    ) -> urllib3.ProxyManager:
        manager: urllib3.ProxyManager = super().proxy_manager_for(proxy, **proxy_kwargs)
        _use_our_connections(manager)
        return manager

    def send(  # type: ignore[override]  # requests' many arguments are passed on as they are
        self,
        request: requests.PreparedRequest,
        **kwargs: Any,  # noqa: ANN401 (requests' own)
    ) -> requests.Response:
        """Send a request.

        Raises:
            requests.RequestException: as the adapter above; also where the answer is too large.
        """
        response = super().send(request, **{**kwargs, "stream": True})
        try:
            content = _whole(response.raw)
        except HTTPError as error:
            raise requests.ConnectionError(error, request=request) from error
        finally:
            response.raw.close()
        response.raw = cast("urllib3.HTTPResponse", io.BytesIO(content))
        return response


def _whole(raw: urllib3.HTTPResponse) -> bytes:
    content = bytearray()
    for piece in raw.stream(_PIECE, decode_content=True):
        content += piece
        if len(content) > LARGEST:
            raise HTTPError(f"the answer has more than {LARGEST:,} bytes")
    return bytes(content)


def _use_our_connections(manager: urllib3.PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
