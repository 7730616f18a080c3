"""`/dp audit DP092`: analysts read who did what and when; nobody else does, the chair included."""

from tests.handlers.slack.own import comments_privately
from tests.house import House

REFUSED = "Only the SECAS analysts named in dpbot's configuration or the operator of dpbot may see the audit"


async def test_an_analyst_reads_who_did_what_and_not_a_word_of_what_was_said(house: House) -> None:
    said = await house.ada.replies(house.post(), "A plantedword.")
    house.clock.forward(minutes=1)
    await comments_privately(house, house.cara, "A plantedword in confidence.", confidential=["confidential"])
    house.clock.forward(minutes=1)
    await house.ada.deletes(said)

    text = (await house.robin.types(house.channel, "/dp audit DP092")).text

    assert "plantedword" not in text
    lines = text.splitlines()
    assert any("Ada Firth (member): DP092-V001: commented, by thread" in line for line in lines)
    assert any("Ada Firth (member): DP092-V001: removed it" in line for line in lines)
    assert any("Cara Dunn (member): DP092-V002: commented, by private" in line for line in lines)
    assert any("Cara Dunn (member): DP092-V002: stated: confidential" in line for line in lines)


async def test_everybody_else_is_refused_in_a_sentence(house: House) -> None:
    await house.ada.replies(house.post(), "A plantedword.")
    for member in (house.ada, house.hugh, house.isla, house.jo):  # a member, the chair, of another body, of none
        answer = (await member.types(house.channel, "/dp audit DP092")).text
        assert answer.startswith(REFUSED)
        assert answer.endswith(".")
        assert "plantedword" not in answer
        assert "Ada" not in answer
        assert "/dp audit" not in (await member.types(house.channel, "/dp help")).text
