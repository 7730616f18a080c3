"""What a post must cut is marked there, and can be read in full in a window."""

import pytest

from bot.domain import Message
from tests.house import House, sample
from tests.messages import an_item, check, texts


def sentences(topic: str, number: int) -> str:
    return " ".join(f"Sentence {n} on {topic} is here to be read by everybody who wants to." for n in range(number))


async def test_where_nothing_is_cut_there_is_no_button(house: House) -> None:
    for reference in ("DP088", "DP089", "DP090", "DP091", "DP092", "DP093"):
        assert "Read in full" not in house.post_text(reference)
        assert "[…]" not in house.post_text(reference)


@pytest.mark.parametrize(
    ("topic", "before"),
    [("the issue", "The trial ends in February 2020"), ("impacts", "The DCC will report to the Operations Group")],
)
async def test_what_a_post_must_cut_is_read_in_full_in_a_window(quiet_house: House, topic: str, before: str) -> None:
    house, long = quiet_house, sentences(topic, 90)
    await house.imports(sample({before: f"{long} {before}"}))
    await house.publishes()
    assert "[…]" in house.post_text()
    assert "Read in full" in house.post_text()
    assert "Sentence 89" not in house.post_text()

    answer = await house.ada.clicks(house.post(), "read_in_full")

    assert answer.acknowledged
    (modal,) = house.ada.modals
    assert modal["title"]["text"] == "DP092 in full"
    words = " ".join(text["text"] for _, text in texts(modal["blocks"]))
    for number in range(90):
        assert f"Sentence {number} on {topic} is here" in words
    assert "The DCC will report to the Operations Group" in words
    shown = await house.ben.types(house.channel, "/dp show 92")
    assert "[…]" in shown.text
    assert "Read in full" in shown.text


def test_the_window_holds_every_word_of_two_hundred_impacts() -> None:
    item = an_item(1, "words", 0)
    item.impacts = [{"heading": f"Impact {n}", "text": [f"It is number {n}."]} for n in range(200)]
    payload = check(Message("modals/full_text", {"item": item}))
    words = "\n".join(text["text"] for _, text in texts(payload["blocks"]))

    for number in range(200):
        assert f"Impact {number} (as stated in the paper)" in words
        assert f"It is number {number}." in words
