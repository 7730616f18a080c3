"""What changed between two texts is told in words, whole enough to read and short enough for a screen."""

import time

import pytest

from bot.rules.differences import Kind, differences, paragraphs

S, R, A = Kind.SAME, Kind.REMOVED, Kind.ADDED


def told(before: str, after: str) -> list[tuple[Kind, str]]:
    return [(piece.kind, piece.text) for piece in differences(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("Robin Ainsley", "Ellis Farrow", [(R, "Robin Ainsley"), (A, "Ellis Farrow")]),
        ("", "Ellis Farrow", [(A, "Ellis Farrow")]),
        ("Ellis Farrow", "", [(R, "Ellis Farrow")]),
        ("raise a change", "raise changes", [(S, "raise"), (R, "a change"), (A, "changes")]),
        ("the same words", "the same  words", []),
        ("one two three", "one two three four", [(S, "one two three"), (A, "four")]),
        (
            "of a b c d e of",
            "of x b c d y of",
            [(S, "of"), (R, "a"), (A, "x"), (S, "b c d"), (R, "e"), (A, "y"), (S, "of")],
        ),
        ("", "", []),
    ],
)
def test_words_that_went_and_came_stand_beside_those_that_stayed(
    before: str, after: str, pieces: list[tuple[Kind, str]]
) -> None:
    assert told(before, after) == pieces


def test_a_long_run_that_stayed_is_cut_to_what_stands_beside_the_change() -> None:
    words = [f"w{number}" for number in range(30)]
    after = [*words[:15], "new", *words[15:]]

    assert told(" ".join(words), " ".join(after)) == [
        (S, "… w9 w10 w11 w12 w13 w14"),
        (A, "new"),
        (S, "w15 w16 w17 w18 w19 w20 …"),
    ]


def test_a_long_run_that_came_keeps_its_ends() -> None:
    (piece,) = differences("", " ".join(f"w{number}" for number in range(200)))

    assert piece.text.startswith("w0 w1 ")
    assert " … " in piece.text
    assert piece.text.endswith(" w198 w199")


def test_a_word_that_stayed_by_chance_between_changes_is_told_as_changed() -> None:
    before = "one two three four five six old the older seven eight nine"
    after = "one two three four five six new the newer seven eight nine"

    assert told(before, after)[1:3] == [(R, "old the older"), (A, "new the newer")]


def test_a_text_written_anew_is_not_told_in_shreds() -> None:
    before = "The list of those who may start a change is closed and SECAS is not on the list at all"
    after = "Anybody may ask SECAS whether the Panel is content that a change of that kind should be made"

    assert [kind for kind, _ in told(before, after)] == [R, A]


def test_another_division_into_paragraphs_is_a_change() -> None:
    assert told(paragraphs(["One.", "Two."]), paragraphs(["One. Two."])) == [(S, "One."), (R, "¶"), (S, "Two.")]


def test_long_hostile_texts_take_no_time() -> None:
    started = time.monotonic()
    for one, other in ((["a", "b"], ["b", "a"]), (["a"], ["a", "b"])):
        assert differences(" ".join(one * 100_000), " ".join(other * 100_000))

    assert time.monotonic() - started < 10
