"""Reading an address that somebody wrote: from a real HTTPS server, also from hostile ones."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from ipaddress import ip_address
from time import monotonic

import pytest

from bot.fetching import Fetcher, FetchError, is_public, parse
from tests.counts.hostile import HOST, Behaviour, Server, answer, drip, server, silence, tells


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    """A server for the tests that do not ask for another name or protocol."""
    with server() as made:
        yield made


def refused(running: Server, behaviour: Behaviour, seconds: float = 5) -> str:
    """Let the server behave so, and give the reason why nothing was read."""
    running.does["/bad"] = behaviour
    with pytest.raises(FetchError) as error:
        running.fetcher(seconds=seconds)(running.url("/bad"))
    return str(error.value)


def test_it_reads_json_and_says_who_it_is(running: Server) -> None:
    """One plain GET for the name, without cookies, referrer or encodings."""
    running.does["/a%20path?key=1&b=%C3%A9"] = tells("12,345")
    running.asked.clear()
    content = running.fetcher()(running.url("/a path?key=1&b=é"))
    assert parse(content) == {"data": {"total": "12,345"}}
    (head,) = running.asked
    lines = head.strip().split("\r\n")
    assert lines[0] == "GET /a%20path?key=1&b=%C3%A9 HTTP/1.1"
    names = {line.split(": ")[0]: line.split(": ")[1] for line in lines[1:]}
    assert names.pop("User-Agent").startswith("Loudhailer/")
    assert names == {
        "Host": f"{HOST}:{running.port}",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


@pytest.mark.parametrize(
    ("behaviour", "why"),
    [
        (answer("", "Location: https://127.0.0.1/", status="302 Found"), "another address"),
        (answer("", "Location: /n.json", status="308 Permanent Redirect"), "another address"),
        (answer("{}", status="404 Not Found"), "it answers 404"),
        (answer("", status="204 No Content"), "it answers 204"),
        (answer("<html>", kind="text/html"), "it answers with text/html, not with JSON"),
        (answer("{}", kind=""), "it answers with something, not with JSON"),
        (answer(b"[" + b"1," * 2**20 + b"1]"), "larger than 1,048,576 bytes"),
        (answer(gzip.compress(b"0" * 10**7), "Content-Encoding: gzip"), "is packed"),
        (answer("{}", "Content-Length: 100"), "breaks off, or is not HTTP"),
        (lambda c: c.write(b"SSH-2.0-OpenSSH\r\n\r\n"), "breaks off, or is not HTTP"),
        (lambda _: None, "breaks off, or is not HTTP"),
        (lambda c: c.write(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200), "not HTTP"),
        (lambda c: c.write(b"HTTP/1.1 200 " + b"x" * 10**5), "not HTTP"),
    ],
)
def test_what_is_no_plain_answer_is_refused(
    running: Server, behaviour: Behaviour, why: str
) -> None:
    """Redirects, wherever they lead; errors; pages; too much; packed; broken."""
    assert why in refused(running, behaviour)


def test_no_redirect_is_followed(running: Server) -> None:
    """Not even within the same host: the second address was never looked at by anybody."""
    running.asked.clear()
    refused(running, answer("", f"Location: {running.url()}", status="301 Moved Permanently"))
    assert len(running.asked) == 1


@pytest.mark.parametrize(
    "behaviour",
    [
        silence,
        drip(b"", b"H"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n", b"X"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"),
        drip(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n"),
        drip(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n",
            b"1\r\n \r\n",
        ),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["silence", "status", "header", "body", "known length", "chunks", "continue"],
)
def test_a_server_that_takes_its_time_is_left(running: Server, behaviour: Behaviour) -> None:
    """A byte now and then keeps every timeout of a socket waiting; the whole has one end."""
    began = monotonic()
    assert refused(running, behaviour, seconds=0.4) == "it took longer than 0.4 seconds"
    assert monotonic() - began < 2


def test_a_handshake_that_never_comes_is_left() -> None:
    """Also before there is any HTTP."""
    with server(tls=False) as other:
        assert "no encrypted connection" in refused(other, silence)
    import socket

    with socket.create_server(("127.0.0.1", 0)) as mute:
        fetch = Fetcher(
            resolve=lambda _host, _port: ["127.0.0.1"], allows=lambda _: True, seconds=0.3
        )
        with pytest.raises(FetchError, match=r"longer than 0\.3 seconds"):
            fetch(f"https://{HOST}:{mute.getsockname()[1]}/")


def test_a_name_that_is_looked_up_for_ever_is_left() -> None:
    """The machine's own look-up can hang for longer than everything else together."""
    over = threading.Event()

    def resolve(_host: str, _port: int) -> list[str]:
        over.wait(30)
        return []

    with pytest.raises(FetchError, match=r"longer than 0\.2 seconds"):
        Fetcher(resolve=resolve, seconds=0.2)(f"https://{HOST}/")
    over.set()


def test_the_certificate_must_be_the_names(running: Server) -> None:
    """An authority that nobody trusts, and a certificate for another name."""
    unknown = Fetcher(resolve=lambda _host, _port: ["127.0.0.1"], allows=lambda _: True)
    with pytest.raises(FetchError, match="certificate is not good"):
        unknown(running.url())
    with server(name="other.example.org") as other:
        assert "certificate is not good" in refused(other, tells(1))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1",
        "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1",
        "203.0.113.1", "192.88.99.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::a00:1",
        "64:ff9b:1::808:808", "2001::1", "2002:7f00:1::", "2002:808:808::1", "2001:db8::1",
        "3fff::1", "100::1", "5f00::1",
    ],
)  # fmt: skip
def test_what_is_not_public_is_never_called(running: Server, address: str) -> None:
    """Our machine, its network, a cloud's secrets; in every disguise, and beside a public one."""
    assert not is_public(ip_address(address))
    running.asked.clear()
    for found in ([address], ["93.184.216.34", address]):
        fetch = Fetcher(resolve=lambda _host, _port, found=found: found)  # type: ignore[misc] # a bound default
        with pytest.raises(FetchError, match="which is not public"):
            fetch(running.url())
    assert not running.asked


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"]
)
def test_what_is_public_may_be_called(address: str) -> None:
    """Also over the gateway by which a machine with IPv6 only reaches the rest."""
    assert is_public(ip_address(address))


def test_the_address_that_was_looked_at_is_the_one_that_is_called(running: Server) -> None:
    """A name that is resolved a second time may lead elsewhere by then: it is resolved once."""
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    running.fetcher(resolve=resolve)(running.url())
    assert asked == [HOST]


def test_a_dead_address_gives_way_to_the_next(running: Server) -> None:
    """A name with several addresses is reached while one of them answers."""
    import socket

    with socket.create_server(("127.0.0.2", 0)) as taken:
        port = taken.getsockname()[1]
    assert port  # nobody listens there now
    fetch = running.fetcher("127.0.0.2", "127.0.0.1", allows=lambda _: True)
    assert parse(fetch(running.url())) == {"data": {"total": 1}}
    with pytest.raises(FetchError, match="refuses connections"):
        running.fetcher("127.0.0.2", allows=lambda _: True)(running.url())


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://counts.example.org/", "not https"),
        ("https://me:secret@counts.example.org/", "a name or password"),
        ("https://@counts.example.org/", "a name or password"),
        ("https:///n.json", "not https"),
        ("https://counts.example.org:99999/", "cannot be used"),
        (f"https://{'a' * 64}.example.org/", "cannot be used"),
    ],
)
def test_addresses_that_are_not_even_tried(url: str, why: str) -> None:
    """Before a name is looked up."""

    def resolve(_host: str, _port: int) -> list[str]:
        raise AssertionError("it was looked up")

    with pytest.raises(FetchError, match=why) as error:
        Fetcher(resolve=resolve)(url)
    assert "secret" not in str(error.value)


def test_a_name_without_an_address_is_told() -> None:
    """A slip in the name, or no network."""

    def resolve(_host: str, _port: int) -> list[str]:
        raise OSError("nodename nor servname provided")

    def nobody(_host: str, _port: int) -> list[str]:
        return []

    for given in (resolve, nobody):
        with pytest.raises(FetchError, match=f"the name {HOST} has no address"):
            Fetcher(resolve=given)(f"https://{HOST}/")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"[" * 40 + b"]" * 40, "more than 32 levels"),
        (b'{"a":' * 10**5, "more than 32 levels"),
        (b"NaN", "not valid JSON"),
        (b'{"n": -Infinity}', "not valid JSON"),
        (b'{"n": ' + b"9" * 10_000 + b"}", "not valid JSON"),
        (b"", "not valid JSON"),
        (b'{"n": 1} x', "not valid JSON"),
        (b'"\xff"', "not UTF-8"),
        ('{"n": 1}'.encode("utf-16"), "not UTF-8"),
        (b'"' + b"\\" * 2**20, "not valid JSON"),
    ],
)
def test_what_is_no_decent_json_is_refused(content: bytes, why: str) -> None:
    """Depth, endless numbers, other encodings: at once, and without harm."""
    began = monotonic()
    with pytest.raises(FetchError, match=why):
        parse(content)
    assert monotonic() - began < 2


def test_json_within_bounds_is_read() -> None:
    """Brackets in texts are no levels; a byte order mark is no harm."""
    assert parse(b'\xef\xbb\xbf{"a": "' + b"[{" * 500 + b'", "n": [1.5]}') == {
        "a": "[{" * 500,
        "n": [1.5],
    }
