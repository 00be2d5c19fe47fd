from dataclasses import replace

import httpx
import pytest

from ingot.domain.delivery import Delivery
from ingot.public.app import PIXEL
from ingot.wiring import Wiring
from tests.fakes.entities import NOW
from tests.public.conftest import pixel, talking_to

pytestmark = pytest.mark.long


async def the_letter(wiring: Wiring) -> Delivery:
    async with wiring.uow() as uow:
        [found] = await uow.deliveries.list()
    return found


async def test_the_pixel_counts_and_is_a_picture(wiring: Wiring, client: httpx.AsyncClient) -> None:
    answer = await client.get(pixel(wiring))
    assert (answer.status_code, answer.headers["content-type"], answer.content) == (200, "image/gif", PIXEL)
    letter = await the_letter(wiring)
    assert (letter.opens, letter.proxy_opens, letter.opened_at) == (1, 0, NOW)
    await client.get(pixel(wiring), headers={"User-Agent": "curl/8"})
    await client.head(pixel(wiring))
    letter = await the_letter(wiring)
    assert (letter.opens, letter.proxy_opens) == (1, 1)


async def test_the_picture_is_a_transparent_gif_of_one_pixel() -> None:
    assert PIXEL.startswith(b"GIF89a\x01\x00\x01\x00")
    assert PIXEL[PIXEL.index(b"\x21\xf9") + 3] & 1  # a graphic control block that names a transparent colour
    assert PIXEL.endswith(b";")


async def test_an_unknown_pixel_is_the_same_picture(wiring: Wiring, client: httpx.AsyncClient) -> None:
    known, unknown = await client.get(pixel(wiring)), await client.get("/o/x.gif")
    assert (known.content, known.headers) == (unknown.content, unknown.headers)


async def test_with_the_pixel_turned_off_the_old_ones_count_nothing(wiring: Wiring) -> None:
    off = replace(wiring, config=wiring.config.model_copy(update={"open_pixel": False}))
    async with talking_to(off) as client:
        assert (await client.get(pixel(wiring))).content == PIXEL
    letter = await the_letter(wiring)
    assert (letter.opens, letter.proxy_opens) == (0, 0)


async def test_without_a_database_the_pixel_is_still_a_picture(
    broken: Wiring, caplog: pytest.LogCaptureFixture
) -> None:
    async with talking_to(broken) as client:
        answer = await client.get(pixel(broken))
    assert (answer.status_code, answer.content) == (200, PIXEL)
    assert len(caplog.records) == 1
