"""Mastodon and its like through Mastodon.py: the contract on four kinds of server, and traps."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import NetworkName, Poll, Visibility
from bot.networks.base import DEFAULT_LIMITS, OutcomeUnknown, Rejected, TryLater
from bot.networks.registry import connect
from tests.networks.contract import NetworkContract
from tests.networks.faults import FaultContract
from tests.networks.stage import START, SandboxStage, SharedSandbox, png


def _serve(factory: pytest.TempPathFactory, flavour: str) -> Iterator[SharedSandbox]:
    with SharedSandbox.open(factory.mktemp(flavour), flavour=flavour) as shared:
        yield shared


@pytest.fixture(scope="module")
def mastodon_46(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedSandbox]:
    """Run Mastodon 4.6, which answers a used key with 500."""
    yield from _serve(tmp_path_factory, "mastodon-4.6")


@pytest.fixture(scope="module")
def mastodon_45(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedSandbox]:
    """Run Mastodon 4.5, which answers a used key with the first post."""
    yield from _serve(tmp_path_factory, "mastodon-4.5")


@pytest.fixture(scope="module")
def gotosocial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedSandbox]:
    """Run a GoToSocial: no keys, 400 for what is invalid, ULIDs."""
    yield from _serve(tmp_path_factory, "gotosocial")


@pytest.fixture(scope="module")
def snac(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedSandbox]:
    """Run a snac: no keys, no instance v2, no rate headers."""
    yield from _serve(tmp_path_factory, "snac")


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedSandbox]:
    """Run a server that says nothing of itself."""
    yield from _serve(tmp_path_factory, "no-instance")


@pytest.fixture
def stage(mastodon_46: SharedSandbox) -> SandboxStage:
    """Set up an account on Mastodon 4.6."""
    return SandboxStage(mastodon_46, NetworkName.MASTODON)


class TestMastodon46(FaultContract):
    """The contract on the newest Mastodon."""


class TestGoToSocial(NetworkContract):
    """The contract on GoToSocial."""

    @pytest.fixture
    def stage(self, gotosocial: SharedSandbox) -> SandboxStage:
        """Set up an account there."""
        return SandboxStage(gotosocial, NetworkName.MASTODON)


class TestMastodon45(NetworkContract):
    """The contract on the Mastodon before."""

    @pytest.fixture
    def stage(self, mastodon_45: SharedSandbox) -> SandboxStage:
        """Set up an account there."""
        return SandboxStage(mastodon_45, NetworkName.MASTODON)


class TestSnac(NetworkContract):
    """The contract on snac."""

    @pytest.fixture
    def stage(self, snac: SharedSandbox) -> SandboxStage:
        """Set up an account there."""
        return SandboxStage(snac, NetworkName.MASTODON)

    def test_too_long_is_rejected(self) -> None:  # type: ignore[override]  # no such limit there
        """Nothing is too long for snac."""


def test_a_used_key_is_no_proof(stage: SandboxStage) -> None:
    """Mastodon 4.6 answers a used key with 500 although the post exists: doubt, then found."""
    receipt = stage.network.publish(stage.draft(), None, "key")
    with pytest.raises(OutcomeUnknown):
        stage.network.publish(stage.draft(), None, "key")
    found = stage.network.find(stage.draft(), START)
    assert found is not None
    assert found.remote_id == receipt.remote_id
    assert len(stage.arrived()) == 1


def test_a_used_key_gives_the_first_post(mastodon_45: SharedSandbox) -> None:
    """Mastodon 4.5 answers a used key with the first post."""
    stage = SandboxStage(mastodon_45, NetworkName.MASTODON)
    receipt = stage.network.publish(stage.draft(), None, "key")
    assert stage.network.publish(stage.draft(), None, "key") == receipt


def test_a_used_key_of_a_deleted_post(stage: SandboxStage) -> None:
    """404 on a replay: the post was deleted by somebody, so it is not made again."""
    receipt = stage.network.publish(stage.draft(), None, "key")
    stage.delete(receipt.remote_id)
    with pytest.raises(Rejected):
        stage.network.publish(stage.draft(), None, "key")
    assert stage.arrived() == []


def test_key_is_sent(stage: SandboxStage) -> None:
    """The delivery's key travels with the post."""
    stage.network.publish(stage.draft(), None, "the-stored-key")
    assert [post.key for post in stage.posts()] == ["the-stored-key"]


@pytest.mark.parametrize(
    ("server", "window"),
    [
        ("mastodon_46", timedelta(minutes=50)),
        ("mastodon_45", timedelta(minutes=50)),
        ("gotosocial", timedelta(0)),
        ("snac", timedelta(0)),
        ("silent", timedelta(0)),
    ],
)
def test_resend_window(request: pytest.FixtureRequest, server: str, window: timedelta) -> None:
    """Only Mastodon honours keys; elsewhere the same key posts twice."""
    stage = SandboxStage(request.getfixturevalue(server), NetworkName.MASTODON)
    assert stage.network.resend_window == window


def test_resend_window_of_a_silent_server(stage: SandboxStage) -> None:
    """A server that cannot be asked is not trusted with a second post, and is asked again."""
    stage.fail("instance", "rate_limited")
    assert stage.network.resend_window == timedelta(0)
    assert stage.network.resend_window == timedelta(minutes=50)


@pytest.mark.parametrize("visibility", Visibility)
def test_visibility_and_language(stage: SandboxStage, visibility: Visibility) -> None:
    """Servers' defaults differ, so both are always said."""
    draft = replace(stage.draft("Liberté"), visibility=visibility, language="fr")
    stage.network.publish(draft, None, "key")
    (post,) = stage.posts()
    assert (post.visibility, post.language, post.sensitive) == (visibility, "fr", False)


def test_gotosocial_posts_are_public(gotosocial: SharedSandbox) -> None:
    """GoToSocial's default is "unlisted"; ours is not."""
    stage = SandboxStage(gotosocial, NetworkName.MASTODON)
    stage.network.publish(stage.draft(), None, "key")
    assert [post.visibility for post in stage.posts()] == ["public"]


def test_content_warning(stage: SandboxStage) -> None:
    """A content warning arrives, and tells two posts of the same text apart."""
    warned = replace(stage.draft("The conditions in Belmarsh"), content_warning="Prison & illness")
    stage.network.publish(warned, None, "key")
    assert [post.content_warning for post in stage.posts()] == ["Prison & illness"]
    assert stage.network.find(warned, START) is not None
    assert stage.network.find(replace(warned, content_warning=None), START) is None


@pytest.mark.parametrize("server", ["mastodon_46", "gotosocial"])
def test_poll(request: pytest.FixtureRequest, server: str) -> None:
    """A poll goes out as one, with all that makes it."""
    stage = SandboxStage(request.getfixturevalue(server), NetworkName.MASTODON)
    poll = Poll(("Yes", "No"), timedelta(days=1), multiple=True)
    draft = replace(stage.draft("Will you write?"), poll=poll)
    stage.network.publish(draft, None, "key")
    (post,) = stage.posts()
    assert post.poll is not None
    assert (post.poll.options, post.poll.duration) == (("Yes", "No"), timedelta(days=1))
    assert post.poll.multiple
    assert stage.network.find(draft, START) is not None


def test_slow_picture(stage: SandboxStage) -> None:
    """A picture still being processed is waited for outside, and not uploaded twice."""
    stage.fail("upload", "slow_media", seconds=10)
    with pytest.raises(TryLater, match="picture") as caught:
        stage.network.publish(stage.draft(pictured=True), png(), "key")
    assert caught.value.until is not None
    stage.clock.now = caught.value.until
    stage.fail("upload", "server_error")  # would strike a second upload
    stage.network.publish(stage.draft(pictured=True), png(), "key")
    assert [post.pictures for post in stage.arrived()] == [1]


def test_limits_of_mastodon(stage: SandboxStage) -> None:
    """What the server names is what counts."""
    limits = stage.network.limits()
    assert (limits.characters, limits.url_length, limits.alt_characters) == (500, 23, 10_000)
    assert (limits.media_bytes, limits.media_pixels) == (16 * 1024 * 1024, 33_177_600)
    assert (limits.poll_options, limits.poll_option_characters) == (4, 50)


def test_limits_of_gotosocial(gotosocial: SharedSandbox) -> None:
    """5000 characters, and a link counts in full."""
    limits = SandboxStage(gotosocial, NetworkName.MASTODON).network.limits()
    assert (limits.characters, limits.url_length, limits.alt_characters) == (5000, None, 1500)


def test_limits_of_a_silent_server(silent: SharedSandbox) -> None:
    """Defaults where a server has no description; asking takes no time (no recursion)."""
    stage = SandboxStage(silent, NetworkName.MASTODON)
    before = time.monotonic()
    limits = stage.network.limits()
    stage.network.publish(stage.draft(pictured=True), png(), "key")
    assert time.monotonic() - before < 10
    assert limits == DEFAULT_LIMITS[NetworkName.MASTODON]


def test_limits_in_trouble(stage: SandboxStage) -> None:
    """A server in trouble is not taken for one without limits."""
    for _ in ("v2", "v1"):
        stage.fail("instance", "server_error", status=503)
    with pytest.raises(TryLater):
        stage.network.limits()
    assert stage.network.limits().characters == 500


@pytest.mark.parametrize(("own", "characters"), [(300, 300), (5000, 500), (None, 500)])
def test_own_number_of_characters(stage: SandboxStage, own: int | None, characters: int) -> None:
    """An account may ask for shorter posts than its server allows, not for longer ones."""
    account = replace(stage.account, characters=own)
    network = connect(account, stage.secrets, clock=stage.clock)
    assert network.limits().characters == characters


def test_error_texts_in_any_language(mastodon_46: SharedSandbox) -> None:
    """Errors come in the account's language: shown to people, never matched on."""
    stage = SandboxStage(mastodon_46, NetworkName.MASTODON)
    mastodon_46.sandbox.add_account("mastodon", "ja", language="ja")
    account = replace(stage.account, name="ja")
    secrets = {"ACCESS_TOKEN": mastodon_46.sandbox.mastodon_token("ja")}
    network = connect(account, secrets, clock=stage.clock)
    with pytest.raises(Rejected, match="バリデーション"):
        network.publish(stage.draft("x" * 501), None, "key")
