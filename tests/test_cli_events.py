"""The analyst's commands on meetings, closing times, further input, promises and events, as a person types them."""

import shlex

import pytest

from tests.house import ROBIN
from tests.terminal import Shown, Terminal


def types(terminal: Terminal, line: str, by: str = ROBIN) -> Shown:
    return terminal.types(*shlex.split(line), "--by", by)


def test_each_command_echoes_what_it_recorded_in_full(posted: Terminal) -> None:
    told = {
        "meeting OPSG 26 2019-11-05": f"is on Tuesday 5 November 2019 (entered by {ROBIN})",
        "further DP092 --wanted --meeting 26 --minute 'item 16'": "further input is wanted (meeting 26, 5 Nov",
        "close DP092 --at 2019-11-12T17:00 --backdated": "received until 5pm on Tuesday 12 November 2019",
        "close DP092 --never --for OPSG": "Before: 5pm on Tuesday 12 November 2019.",
        "record DP092 converted --by-body Panel --on 2019-11-15": "shown as MP092 (formerly DP092)",
        "record DP092 split MP092A MP092B --on '16 November 2019'": "Split into MP092A and MP092B on 16 November 2019.",
        "record DP092 withdrawn --on 2019-11-20": "Withdrawn on 20 November 2019.",
        "record DP092 withdrawn --undo": "is taken back by",
        "promise-kept DP092 1 --on 2019-11-05": "is recorded as done on 5 November 2019",
    }
    for line, sentence in told.items():
        shown = types(posted, line)
        assert (shown.code, shown.err) == (0, ""), line
        assert sentence in shown.out, line
        assert shown.out.count("\n") == 1, line

    assert "26  Tuesday 5 November 2019\n" in posted.types("meetings").out
    assert "Done on 5 November 2019." in posted.types("promises").out
    kinds = [row[2] for row in posted.rows("decisions")]
    assert kinds == ["further input", "closes", "closes", "converted", "split", "promise kept"]
    assert len(posted.rows("withdrawals")) == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("close DP092", "Say when comments close with --at"),
        ("close DP092 --at 2019-11-12", "does not say the time of day"),
        ("close DP092 --at 2019-11-12T17:00", "use `dpbot close` with --backdated."),
        ("record DP092 eaten --on 2019-11-15", "'eaten' cannot be recorded: allowed is converted"),
        ("record DP092 converted", "Say the day with --on"),
        ("record DP092 converted by Panel --on 2019-11-15", "takes nothing more than --on and --by-body"),
        ("record DP092 stage Limbo --on 2019-11-15", '"Limbo" is no stage'),
    ],
)
def test_wrong_words_are_one_sentence(posted: Terminal, line: str, told: str) -> None:
    shown = types(posted, line)

    assert shown.code == 2
    assert told in shown.sentence
    assert posted.rows("decisions") == []


def test_only_an_analyst_may(posted: Terminal) -> None:
    shown = types(posted, "record DP092 withdrawn --on 2019-11-20", by="jo.stone@elsewhere.example")

    assert shown.code == 1
    assert "jo.stone@elsewhere.example is not one of them" in shown.sentence
