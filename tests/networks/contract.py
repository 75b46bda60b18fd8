"""What every network keeps, whatever it is made of. Each network's tests inherit this."""

from __future__ import annotations

import traceback
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import Receipt
from bot.networks.base import NetworkError, OutcomeUnknown, Rejected, TryLater
from bot.networks.permit import permitted
from tests.networks.stage import ALT, START, Stage, png

TEXTS = {
    "plain": "Free Assange now",
    "escapes": "Truth & justice: 1 < 2 > 0, &amp; stays, \"quoted\" 'twice' &copy=2",
    "link": "Sign: https://www.amnesty.org/en/petition/?id=1&lang=en, today!",
    "two links": "https://example.org/a and (https://example.org/a/b/).",
    "long link": "Read https://example.org/a/very/long/path/that/a/reader/never/sees/whole?x=1#part.",
    "host alone": "More at https://example.org/ and HTTPS://Example.ORG.",
    "escaped link": "Ver https://es.wikipedia.org/wiki/C%C3%B3digo?q=a%20b",
    "hashtags": "#FreeAssangeNOW\n#PressFreedom #DropTheCharges",
    "mention": "Thank you @campaign and @someone_else for standing up",
    "mention elsewhere": "Follow @amnesty@mastodon.example today",
    "emoji": "Never give up ✊🏽 👨‍👩‍👧 🇦🇺 ❤️",
    "paragraphs": "First.\n\nSecond,\nthird.\n\n\nFourth.",
    "scripts": "¡Libertad! Liberté, égalité — 自由を。 Свобода! حرية",
    "decomposed": "Cafe\u0301 libre\u0301",
}

NEAR = [
    ("Sign before 15 February #FreeAssange", "Sign before 25 February #FreeAssange"),
    ("Sign: https://example.org/us", "Sign: https://example.org/uk"),
    ("Sign now #FreeAssange", "Sign now #FreeAssangeNOW"),
    ("Sign now, please", "Please, sign now"),
    ("Sign now", "Sign now!"),
    ("One & two", "One and two"),
]


class NetworkContract:
    """The tests. A subclass gives the fixture `stage`."""

    def test_publish_once(self, stage: Stage) -> None:
        """A receipt stands for exactly one post, with the text as it was drafted."""
        receipt = stage.network.publish(stage.draft(TEXTS["escapes"]), None, "key-1")
        assert [(post.id, post.text) for post in stage.arrived()] == [
            (receipt.remote_id, TEXTS["escapes"])
        ]
        assert receipt.remote_id in receipt.url

    def test_nothing_is_sent_without_leave(self, stage: Stage) -> None:
        """A process that stood still, and notices when its connection stands, posts nothing."""
        draft = stage.draft()
        with permitted(lambda: False), pytest.raises(TryLater, match="stood still"):
            stage.network.publish(draft, None, "key-1")
        assert stage.arrived() == []
        with permitted(lambda: True):
            stage.network.publish(draft, None, "key-1")
        assert len(stage.arrived()) == 1

    @pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
    def test_find_recognises(self, stage: Stage, text: str) -> None:
        """What the server makes of a text does not hide our own post from us."""
        receipt = stage.network.publish(stage.draft(text), None, "key-1")
        stage.clock.forward(seconds=5)
        found = stage.network.find(stage.draft(text), START)
        assert found is not None
        assert (found.remote_id, found.url) == (receipt.remote_id, receipt.url)
        assert found.posted_at == START

    @pytest.mark.parametrize(("posted", "wanted"), NEAR)
    def test_find_is_exact(self, stage: Stage, posted: str, wanted: str) -> None:
        """A nearly identical post is no evidence."""
        stage.network.publish(stage.draft(posted), None, "key-1")
        stage.clock.forward(seconds=5)
        assert stage.network.find(stage.draft(wanted), START) is None

    def test_find_keeps_to_its_window(self, stage: Stage) -> None:
        """A post from before the first attempt, or after the last, is somebody else's."""
        draft = stage.draft("Said once")
        stage.network.publish(draft, None, "key-1")
        later = stage.clock.forward(hours=1)
        assert stage.network.find(draft, later) is None
        assert (
            stage.network.find(draft, START - timedelta(days=1), START - timedelta(hours=1)) is None
        )
        assert stage.network.find(draft, START, later) is not None

    def test_find_through_many_posts(self, stage: Stage) -> None:
        """Our post is found below a full page of later ones."""
        wanted = stage.network.publish(stage.draft("The first one"), None, "key-0")
        for number in range(45):
            stage.clock.forward(minutes=2)
            stage.network.publish(stage.draft(f"Number {number}"), None, f"key-{number + 1}")
        stage.clock.forward(minutes=2)
        found = stage.network.find(stage.draft("The first one"), START)
        assert found is not None
        assert found.remote_id == wanted.remote_id

    def test_picture_and_alt_text_arrive(self, stage: Stage) -> None:
        """A picture never goes out without its alt text."""
        stage.network.publish(stage.draft(pictured=True), png(), "key-1")
        (post,) = stage.arrived()
        assert (post.pictures, post.alt) == (1, ALT)

    @pytest.mark.parametrize("pictured", [True, False])
    def test_find_tells_pictures_apart(self, stage: Stage, pictured: bool) -> None:
        """A post with a picture never stands for a draft without one, nor the reverse."""
        picture = png() if pictured else None
        stage.network.publish(stage.draft("Same", pictured=pictured), picture, "key-1")
        stage.clock.forward(seconds=5)
        assert stage.network.find(stage.draft("Same", pictured=not pictured), START) is None
        assert stage.network.find(stage.draft("Same", pictured=pictured), START) is not None

    def test_missing_picture_is_rejected(self, stage: Stage) -> None:
        """A draft whose picture file is gone is not posted bare."""
        with pytest.raises(Rejected, match="picture"):
            stage.network.publish(stage.draft(pictured=True), None, "key-1")
        assert stage.arrived() == []

    def test_reply(self, stage: Stage) -> None:
        """The parts of a thread hang together."""
        first = stage.network.publish(stage.draft("Part one"), None, "key-1")
        part = replace(stage.draft("Part two"), in_reply_to=first.remote_id)
        second = stage.network.publish(part, None, "key-2")
        assert [post.reply_to for post in stage.arrived()] == [None, first.remote_id]
        stage.clock.forward(seconds=5)
        found = stage.network.find(part, START)
        assert found is not None
        assert found.remote_id == second.remote_id

    def test_reply_to_nothing_is_rejected(self, stage: Stage) -> None:
        """A part whose predecessor was deleted does not go out alone."""
        first = stage.network.publish(stage.draft("Part one"), None, "key-1")
        stage.delete(first.remote_id)
        part = replace(stage.draft("Part two"), in_reply_to=first.remote_id)
        with pytest.raises(Rejected):
            stage.network.publish(part, None, "key-2")
        assert stage.arrived() == []

    def test_lost_answer_is_doubt_and_can_be_settled(self, stage: Stage) -> None:
        """After a lost answer nobody claims to know; our own timeline then tells."""
        draft = stage.draft("Did it go out? https://example.org/x", pictured=True)
        stage.lose_answer()
        with pytest.raises(OutcomeUnknown):
            stage.network.publish(draft, png(), "key-1")
        (post,) = stage.arrived()
        stage.clock.forward(seconds=30)
        found = stage.network.find(draft, START)
        assert found is not None
        assert found.remote_id == post.id

    def test_measure(self, stage: Stage) -> None:
        """Each receipt gets its own counts; what was deleted is missing, not zero."""
        receipts = []
        for number in range(3):
            stage.clock.forward(hours=1)
            draft = stage.draft(f"Post {number}")
            receipts.append(stage.network.publish(draft, None, f"key-{number}"))
        stage.delete(receipts[1].remote_id)
        stage.clock.forward(days=2)
        counts = stage.network.measure(receipts)
        assert set(counts) == {receipts[0].remote_id, receipts[2].remote_id}
        assert all(isinstance(count.likes, int) for count in counts.values())
        assert stage.network.measure([]) == {}

    def test_measure_unknown(self, stage: Stage) -> None:
        """A receipt of a post that never was is missing from the answer."""
        assert stage.network.measure([Receipt("99999999", "")]) == {}

    def test_too_long_is_rejected(self, stage: Stage) -> None:
        """A text over the limit is refused for good, and nothing is posted."""
        too_long = "word " * (stage.network.limits().characters // 5 + 1) + "end"
        with pytest.raises(Rejected):
            stage.network.publish(stage.draft(too_long), None, "key-1")
        assert stage.arrived() == []

    def test_limits_make_sense(self, stage: Stage) -> None:
        """Limits are such that something can be posted."""
        limits = stage.network.limits()
        assert min(limits.characters, limits.alt_characters, limits.attachments) > 0
        assert min(limits.media_bytes, limits.media_pixels, limits.poll_options) > 1

    def test_secrets_stay_inside(self, stage: Stage) -> None:
        """No credential shows in a repr, an error or a traceback."""
        stage.lose_answer()
        with pytest.raises(NetworkError) as caught:
            stage.network.publish(stage.draft(), None, "key-1")
        shown = repr(stage.network) + "".join(traceback.format_exception(caught.value))
        assert [name for name, value in stage.secrets.items() if value in shown] == []
