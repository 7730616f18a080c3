"""A comment that its author marked Amber: entered so, it marks the document, until somebody releases that."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.compilation import CommentsDocument
from bot.errors import UserError, WrongField
from bot.reports.editions import editions
from tests.handlers.slack.own import Json, submits
from tests.house import House, open_house, published
from tests.reports.written import data, markdown
from tests.services.compiled import ANALYST, draft, issue

WHY = "Northshire Energy agreed by e-mail."


async def form_of(house: House) -> Json:
    house.clock.now = max(house.clock.now, datetime(2019, 11, 6, 10, tzinfo=UTC))
    assert (await house.robin.types(house.secas, "/dp enter DP092")).acknowledged
    return house.robin.modals[-1]


async def enters(house: House, **fields: object) -> Json:
    usual: Json = {
        "source": "e-mail",
        "on": "2019-11-05",
        "person": "ada.firth@northshire.example",
        "words": "Issue: clear.",
    }
    answer = await submits(house.robin, await form_of(house), **(usual | fields))
    return dict(answer.payload.get("errors") or {})


async def audit(house: House) -> str:
    return (await house.robin.types(house.secas, "/dp audit DP092")).text


@pytest.fixture
async def amber(tmp_path: Path) -> AsyncIterator[House]:
    """A house whose operator's policy allows Amber in private channels."""
    allowed = "[policies.Amber]\n[secas]"
    async with open_house(tmp_path, lambda text: text.replace("[secas]", allowed)) as made, made.connected():
        await published(made)
        yield made


def public(document: CommentsDocument) -> str:
    return markdown(editions(document)[0])


async def test_as_shipped_the_form_offers_no_mark(house: House) -> None:
    assert "mark" not in [block.get("block_id") for block in (await form_of(house))["blocks"]]


async def test_a_document_has_the_mark_of_a_comment_that_its_author_marked(amber: House) -> None:
    house = amber
    await enters(house, mark="Amber")
    document = await draft(house)

    assert public(document).startswith("This document is classified as Amber.\n")  # what White may, it may not
    assert data(document)["comments"][0]["mark"] == "Amber"


async def test_a_named_person_releases_it_when_it_is_issued(amber: House) -> None:
    house = amber
    await enters(house, mark="Amber")
    await draft(house)
    issued = await issue(house, release=f"  {WHY}\n")
    said = public(issued)

    assert said.startswith("This document is classified as White. ")
    assert f"White released by {ANALYST}, 6 November 2019.\n" in said
    assert said.rstrip().endswith("Classified as White.")
    assert "The public version of this document is classified as White. White released by" in markdown(issued)
    assert data(editions(issued)[0])["released_by"] == ANALYST
    assert issued == await issue(house, release=WHY)  # its files may have been lost
    shown = await audit(house)
    assert "released: version v1.0, classification White" in shown
    assert WHY in shown
    assert public(await draft(house)).startswith("This document is classified as Amber.\n")  # the next is not released


async def test_without_anything_to_release_nothing_is_issued(house: House) -> None:
    await enters(house)
    await draft(house)

    with pytest.raises(UserError, match=r"^Nothing in DP092 Comments is marked higher than White: issue it without"):
        await issue(house, release=WHY)
    with pytest.raises(WrongField, match=r"^A reason is needed to release a document"):
        await issue(house, release=" ")
    assert "released" not in await audit(house)
    await issue(house)
    with pytest.raises(UserError, match=r"^DP092 Comments v1\.0 was issued without a release: compile a new draft"):
        await issue(house, release=WHY)


async def test_what_is_in_confidence_does_not_mark_what_it_is_not_in(amber: House) -> None:
    house = amber
    await enters(house, mark="Amber", confidential=["confidential"])
    document = await draft(house)

    assert public(document).startswith("This document is classified as White. ")
    assert "The public version of this document is classified as White." in markdown(document)
    assert "White released" not in markdown(document)
