"""Pictures of strangers, decoded: each comes out clean and whole, or is refused in plain words."""

from __future__ import annotations

import io
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps, ImageStat

from bot.cards.photos import decode, encode
from bot.cards.photos.decode import UnusablePictureError, Wanted
from tests.cards.photos import hostile
from tests.cards.photos.clean import unwanted
from tests.cards.photos.hostile import photo, saved

NETWORK = Wanted(33_177_600, 5 * 2**20)
WHOLE = {
    "JPEG": lambda: saved(photo(), "JPEG"),
    "progressive JPEG": lambda: saved(photo(), "JPEG", progressive=True),
    "PNG": lambda: saved(photo(), "PNG"),
    "WebP": lambda: saved(photo(), "WEBP"),
    "lossless WebP": lambda: saved(photo(), "WEBP", lossless=True),
}


def decoded(data: bytes, wanted: Wanted = NETWORK) -> Image.Image:
    """Decode at full size."""
    with decode.decode(io.BytesIO(data), wanted) as rows:
        return rows.canvas((rows.width, rows.height))


def sent(data: bytes, wanted: Wanted = NETWORK) -> tuple[str, bytes]:
    """Decode and encode."""
    with decode.decode(io.BytesIO(data), wanted) as rows:
        found = encode.encode(rows, wanted)
    assert found is not None
    return found


def distance(one: Image.Image, other: Image.Image) -> float:
    """Measure how far apart two pictures are, 0 to 255, where they differ most."""
    assert (one.mode, one.size) == (other.mode, other.size)
    return max(high for _, high in ImageStat.Stat(ImageChops.difference(one, other)).extrema)


@lru_cache
def whole(kind: str) -> tuple[bytes, Image.Image]:
    """Give a picture's file and what is seen in it."""
    data = WHOLE[kind]()
    return data, decoded(data)


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("percent", range(100))
def test_cut_off_files_are_refused_or_whole(kind: str, percent: int) -> None:
    """A file cut off after each percent is never posted half grey: refused, or nothing is amiss."""
    data, picture = whole(kind)
    try:
        found = decoded(data[: len(data) * percent // 100])
    except UnusablePictureError as error:
        assert "save it" in str(error)
    else:
        # Only the mark of its end was missing.
        assert percent > 90
        assert distance(found, picture) == 0


@settings(max_examples=300)
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_damaged_files_are_pictures_or_refused(kind: str, draws: st.DataObject) -> None:
    """Bytes changed anywhere lead to a picture or to a refusal, and to no other exception."""
    data = bytearray(whole(kind)[0])
    for at in draws.draw(st.lists(st.integers(0, len(data) - 1), min_size=1, max_size=8)):
        data[at] = draws.draw(st.integers(0, 255))
    try:
        _, file = sent(bytes(data))
    except UnusablePictureError:
        return
    assert not unwanted(file)


@pytest.mark.parametrize("name", hostile.ODD)
def test_odd_pictures_look_as_they_should(name: str) -> None:
    """Colour spaces, depths, animations and wrong names are nobody's problem."""
    _, file = sent(hostile.ODD[name]())
    assert not unwanted(file)
    with Image.open(io.BytesIO(file)) as image:
        found = image.convert("RGB")
    expected = photo(mode="L").convert("RGB") if "grey" in name else photo()
    assert distance(found, expected) <= 40


@pytest.mark.parametrize("make", hostile.TALKATIVE.values(), ids=hostile.TALKATIVE)
def test_nothing_but_the_picture_goes_out(make: hostile.Maker) -> None:
    """Position, camera, comments and whatever else was hidden in the file stay here."""
    data = make()
    assert hostile.SECRET in data or b"eXIf" in data
    suffix, file = sent(data)
    assert suffix in (".jpg", ".png")
    assert unwanted(data)
    assert not unwanted(file)


@pytest.mark.parametrize("make", hostile.OTHERS.values(), ids=hostile.OTHERS)
def test_other_formats_are_refused(make: hostile.Maker) -> None:
    """What is no JPEG, PNG or WebP is refused by what to do instead, whatever its name says."""
    with pytest.raises(UnusablePictureError, match="save it as one of these"):
        decoded(make())


@pytest.mark.parametrize("make", hostile.BROKEN.values(), ids=hostile.BROKEN)
def test_traps_are_refused(make: hostile.Maker) -> None:
    """Bombs and mere beginnings of pictures are refused before they take any memory."""
    with pytest.raises(UnusablePictureError, match=r"too large|damaged|it is not a JPEG"):
        decoded(make())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_are_turned_upright(orientation: int) -> None:
    """Each of the eight ways to hold a camera, in more strips than one."""
    image = photo((1300, 900))
    data = saved(image, "PNG", exif=hostile.exif(orientation), compress_level=1)
    with Image.open(io.BytesIO(data)) as file:
        expected = ImageOps.exif_transpose(file)
        assert distance(decoded(data), expected) == 0


def test_interlaced_pictures_are_read() -> None:
    """Interlaced PNG, rare and legal."""
    assert decoded(hostile.interlaced_png((61, 47))).getcolors() == [(61 * 47, (255, 255, 255))]


def test_transparent_parts_become_white_when_sent_and_stay_so_on_cards() -> None:
    """Networks disagree about what shows through; a card has its own ground."""
    image = Image.new("RGBA", (40, 40), (200, 0, 0, 255))
    image.paste((0, 0, 0, 0), (0, 0, 20, 40))
    data = saved(image, "PNG")
    assert decoded(data).getpixel((5, 5)) == (255, 255, 255)
    _, file = sent(data, Wanted(4_000_000, 2**20, alpha=True))
    with Image.open(io.BytesIO(file)) as found:
        assert found.mode == "RGBA"
        assert found.getpixel((5, 5)) == (0, 0, 0, 0)
        assert found.getpixel((30, 5)) == (200, 0, 0, 255)


def test_colours_follow_the_profile() -> None:
    """A picture in another colour space looks the same in sRGB, which networks assume."""
    from PIL import ImageCms

    lab = ImageCms.createProfile("LAB")
    srgb = ImageCms.createProfile("sRGB")
    colour = Image.new("RGB", (8, 8), (180, 60, 30))
    same = decoded(saved(colour, "PNG", icc_profile=ImageCms.ImageCmsProfile(srgb).tobytes()))
    assert distance(same, colour) <= 2
    # A profile of another kind of colours than the picture's is no use.
    other = decoded(saved(colour, "PNG", icc_profile=ImageCms.ImageCmsProfile(lab).tobytes()))
    assert distance(other, colour) == 0


@pytest.mark.parametrize("size", [(1, 1), (1, 700), (1900, 1)])
def test_pixels_and_lines_are_pictures_too(size: tuple[int, int]) -> None:
    """The smallest pictures come out as they went in."""
    assert decoded(saved(photo(size), "PNG")).size == size


@settings(max_examples=25)
@given(st.integers(1, 400), st.integers(1, 400), st.integers(1_000, 160_000))
def test_any_size_fits_any_limit(width: int, height: int, most: int) -> None:
    """Whatever the size, the copy stays within the limit, and unscaled where it was."""
    _, file = sent(saved(photo((width, height)), "PNG"), Wanted(most, 2**20))
    with Image.open(io.BytesIO(file)) as image:
        assert image.width * image.height <= most
        if width * height <= most:
            assert image.size == (width, height)


def test_scaling_in_strips_shows_no_seams() -> None:
    """A picture scaled strip by strip is the one scaled as a whole."""
    image = photo((2100, 1500))
    size = (777, 555)
    with decode.decode(io.BytesIO(saved(image, "PNG", compress_level=1)), NETWORK) as rows:
        found = rows.canvas(size)
    assert distance(found, image.resize(size, Image.Resampling.LANCZOS)) <= 1


def test_photos_keep_their_size_and_their_looks() -> None:
    """A photo that the network takes is neither scaled nor visibly worse."""
    crowd = hostile.grain((1600, 1200))
    suffix, file = sent(saved(crowd, "JPEG", quality=95, subsampling=0))
    assert suffix == ".jpg"
    with Image.open(io.BytesIO(file)) as image:
        assert image.size == (1600, 1200)
        off = ImageStat.Stat(ImageChops.difference(image.convert("RGB"), crowd)).rms
    assert max(off) < 4


def test_drawings_stay_lossless() -> None:
    """What was drawn, with sharp edges and few colours, is the same to the last pixel."""
    drawing = photo((900, 500)).quantize(200).convert("RGB")
    for kind, options in (("PNG", {}), ("WEBP", {"lossless": True})):
        suffix, file = sent(saved(drawing, kind, **options))
        assert suffix == ".png"
        with Image.open(io.BytesIO(file)) as image:
            assert image.mode == "P"
            assert distance(image.convert("RGB"), drawing) == 0


def test_limits_of_bytes_cost_quality_before_size() -> None:
    """A few bytes too many: a little less quality, all of the pixels."""
    data = saved(hostile.grain((800, 600)), "JPEG", quality=95, subsampling=0)
    _, free = sent(data)
    _, tight = sent(data, Wanted(10**6, len(free) * 9 // 10))
    _, tiny = sent(data, Wanted(10**6, len(free) // 10))
    sizes = [Image.open(io.BytesIO(file)).size for file in (free, tight, tiny)]
    assert sizes[0] == sizes[1] == (800, 600) > sizes[2]
    assert len(tiny) <= len(free) // 10


def test_nothing_fits_into_no_bytes() -> None:
    """A limit that no picture can keep is told, not looped on."""
    with decode.decode(io.BytesIO(saved(photo(), "JPEG")), NETWORK) as rows:
        assert encode.encode(rows, Wanted(10**6, 50)) is None
