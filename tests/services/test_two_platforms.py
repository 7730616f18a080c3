"""One proposal put to a Sub-Committee on two platforms: one record, in which a person known on both is one person."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from bot import commands, jobs
from bot.compilation import Check, Compilation
from bot.config import load_config
from bot.decisions import Actor, Role
from bot.domain import (
    HeardAnswer,
    HeardReaction,
    HeardRemoval,
    HeardWords,
    Message,
    Origin,
    Place,
    Reference,
    Source,
    Speaker,
)
from bot.errors import NotPermitted, UserError
from bot.messenger import Capabilities, Messenger, NotReadable
from bot.models import Answer, CompileRequest, Document, Invitation, Item, LedgerEntry, OutboxEntry, Post
from bot.outbox import Outbox
from bot.papers import read_paper
from bot.render import Renderer
from bot.reports import Format, write
from bot.reports.editions import public
from bot.services import (
    acknowledging,
    audience,
    claiming,
    collecting,
    commenting,
    compiling,
    counting,
    forgetting,
    identities,
    importing,
    people,
    publishing,
    record,
    recording,
    showing,
    snapshot,
    stating,
    sweeping,
)
from bot.services.commenting import Button
from bot.services.desk import Desk
from bot.services.recorded import Recorded
from bot.services.stating import Form
from tests.house import CONFIG, OPERATOR, PAPER, ROSTER, SAMPLE, has_roster
from tests.reports.comments_example import DOCUMENT
from tests.services.hearing import NOW, Record, moment, open_database

TENANT = "0a1b2c3d-0000-4000-8000-000000000001"
OTHER = "0a1b2c3d-0000-4000-8000-000000000002"
LINK = f"https://teams.microsoft.com/l/channel/19%3Aops%40thread.tacv2/ops?groupId={OTHER}&tenantId={TENANT}"
CHANNELS = {"slack": "C1", "teams": "19:ops@thread.tacv2"}
MESSAGES = {"slack": "1572429600.000100", "teams": "1572429600123"}
ANALYST = Actor("robin.ainsley@secas.example", frozenset({Role.ANALYST}))
OUTBOX = Outbox(Renderer(()))


def both(name: str, email: str) -> dict[str, Speaker]:
    """A person with an account on each platform, both with the one verified address."""
    own = f"{TENANT}:{name}-object"
    return {
        "slack": Speaker("slack", f"U{name.upper()}", email, name.capitalize(), team="T1"),
        "teams": Speaker("teams", own, email.upper(), f"{name.capitalize()} of Teams", team=TENANT),
    }


ADA = both("ada", "ada.firth@northshire.example")
JO = both("jo", "jo.stone@elsewhere.example")  # on no roster
CARA = both("cara", "cara.dunn@calder.example")
# Another tenant's administrators gave somebody Ada's address.
STRANGER = replace(ADA["teams"], id=f"{OTHER}:stranger", team=OTHER, external=True)


@dataclass(frozen=True)
class Two(Record):
    """The record, and DP092's posts by platform."""

    posts: Mapping[str, Post]

    @property
    def item(self) -> Item:
        post = self.posts["slack"]
        assert post.invitation is not None
        return post.invitation.item

    def place(self, platform: str, message: str = "") -> Place:
        return Place(platform, CHANNELS[platform], MESSAGES[platform], message or MESSAGES[platform])

    async def says(self, speaker: Speaker, message: str, text: str, at: int) -> None:
        words = HeardWords(self.place(speaker.platform, message), speaker, text, moment(at), moment(at))
        async with self.sessions.begin() as session:
            await acknowledging.hear(session, self.config, OUTBOX, words, moment(at))

    async def reacts(self, speaker: Speaker, at: int, *, added: bool = True) -> None:
        await self.hears(HeardReaction(self.place(speaker.platform), speaker, "+1", added, moment(at)))

    async def answers(self, speaker: Speaker, at: int, *, given: bool = True) -> None:
        button = Button(self.item.id, CHANNELS[speaker.platform])
        async with self.sessions.begin() as session:
            await commenting.answer(session, self.config, OUTBOX, speaker, button, moment(at), moment(at), given=given)

    async def reactions(self) -> list[int]:
        """How many people, by meaning, on the posts of both platforms."""
        places = [(name, CHANNELS[name], MESSAGES[name]) for name in CHANNELS]
        async with self.sessions.read() as session:
            (found,) = await counting.reactions_on(session, self.config, [places], self.config.reactions)
            return [each.people for each in found]

    async def without_comment(self) -> int:
        async with self.sessions.read() as session:
            return (await counting.answers(session, self.config, audience.SECAS, self.item.proposal_id)).people

    async def views(self) -> Mapping[str, Recorded]:
        async with self.sessions.read() as session:
            return {each.ref: each for each in await record.views(session, audience.SECAS, self.item.proposal_id)}

    async def compiles(self) -> Compilation:
        async with self.sessions.read() as session:
            return await snapshot.compile_comments(session, self.config, Reference(92), moment(900))

    async def queued(self, kind: str = "") -> list[tuple[str, str]]:
        """Platform and channel, or person, of what waits to be sent to anybody but in place of a post."""
        async with self.sessions.read() as session:
            entries = await session.scalars(
                select(OutboxEntry).where(OutboxEntry.post_id.is_(None)).order_by(OutboxEntry.id)
            )
            return [(each.platform, each.channel) for each in entries if each.kind == (kind or each.kind)]


@pytest.fixture
async def two(tmp_path: Path) -> AsyncIterator[Two]:
    """Posts in a channel of each platform, as if they had been sent; everybody is known on both."""
    channel = f'[[channels]]\nplatform = "teams"\nname = "ops-teams"\nlink = "{LINK}"\nsub_committee = "OPSG"\n[secas]'
    (tmp_path / "config.toml").write_text(CONFIG.replace("[secas]", channel), "utf-8")
    config = load_config(tmp_path / "config.toml")
    async with open_database(tmp_path) as sessions:
        await has_roster(sessions, config, ROSTER, NOW)
        async with sessions.begin() as session:
            reading = read_paper(SAMPLE.name, SAMPLE.read_bytes())
            await importing.store(session, config, reading, SAMPLE.name, b"x", True, OPERATOR, NOW)
            await publishing.publish(session, config, OUTBOX, PAPER, OPERATOR, NOW)
            whole = joinedload(Post.invitation).joinedload(Invitation.item)
            posts = (await session.scalars(select(Post).options(whole))).all()
            for post in posts:
                about = post.invitation.item.reference if post.invitation else ""
                post.channel, post.posted_at = CHANNELS[post.platform], NOW
                post.message = MESSAGES[post.platform] if about == "DP092" else f"{post.id}"
                post.link = f"https://{post.platform}.example/{post.id}"
            for speaker in (*ADA.values(), *JO.values(), *CARA.values(), STRANGER):
                await people.remember(session, speaker, NOW)
        ours = {post.platform: post for post in posts if post.message == MESSAGES[post.platform]}
        yield Two(sessions, config, ours)


async def test_a_person_known_on_both_platforms_is_one_person_in_one_record(two: Two) -> None:
    for at, platform in enumerate(CHANNELS, 1):
        await two.says(ADA[platform], f"m{at}", f"Issue: said in {platform}.", at)
        await two.reacts(ADA[platform], at)
        await two.answers(ADA[platform], at + 10)

    views = await two.views()
    assert [(v.ref, v.platform, v.profile.seat) for v in views.values()] == [
        ("DP092-V001", "slack", "Large Supplier 1"),
        ("DP092-V002", "teams", "Large Supplier 1"),
    ]
    assert (await two.reactions(), await two.without_comment()) == ([1], 1)
    async with two.sessions.begin() as session:
        counts = await counting.counts_by_invitation(session)
        assert [(each.comments, each.organisations) for each in counts.values()] == [(2, 1)]
        assert await showing.refresh_counts(session, two.config, OUTBOX, moment(120)) == 2  # the post on each
        assert len((await session.scalars(select(Answer))).all()) == 1  # the second was told that it stands already
    assert await two.queued("mark") == [("slack", "C1"), ("teams", CHANNELS["teams"])]
    # The note on the first comment ever, and what became of each answer.
    assert await two.queued("whisper") == [("slack", "C1"), ("slack", "C1"), ("teams", CHANNELS["teams"])]
    found = await two.compiles()
    assert [(each.ref, each.source) for each in found.comments] == [
        ("DP092-V001", "Slack"),
        ("DP092-V002", "Microsoft Teams"),
    ]
    document = replace(DOCUMENT, compilation=public(found))
    said = write(document, Format.MARKDOWN).decode()
    assert "Comments received from Slack and Microsoft Teams up to" in said
    assert "the threads were not read again" in said


async def test_what_was_answered_on_one_platform_is_taken_back_on_the_other(two: Two) -> None:
    await two.answers(ADA["slack"], 1)
    await two.answers(ADA["teams"], 2, given=False)
    assert await two.without_comment() == 0
    async with two.sessions.read() as session:
        assert await commenting.own_answers(session, two.config, ADA["slack"]) == ()

    await two.answers(ADA["slack"], 3)
    await two.reacts(ADA["slack"], 4)
    await two.reacts(ADA["teams"], 5)
    await two.reacts(ADA["slack"], 6, added=False)

    assert (await two.without_comment(), await two.reactions()) == (1, [1])  # the reaction in Teams is still there
    async with two.sessions.read() as session:
        (own,) = await commenting.own_answers(session, two.config, ADA["teams"])
        assert own.at == moment(3)


async def test_an_author_finds_and_changes_on_one_platform_what_was_said_on_the_other(two: Two) -> None:
    await two.says(ADA["slack"], "m1", "Issue: said in Slack.", 1)
    await two.says(ADA["teams"], "m2", "Issue: said in Teams.", 2)
    button = Button(two.item.id, CHANNELS["slack"])
    async with two.sessions.begin() as session:
        form = Form(None, "Said in private.")
        await commenting.comment(session, two.config, OUTBOX, ADA["slack"], button, form, "k1", moment(3))
    ids = [view.id for view in (await two.views()).values()]

    async with two.sessions.begin() as session:
        found, total = await stating.mine(session, two.config, ADA["teams"], 9)
        assert ([view.ref for view in found], total) == (["DP092-V001", "DP092-V002", "DP092-V003"], 3)
        own = await stating.own(session, two.config, ADA["slack"], ids[1], moment(4))
        assert [view.ref for view in own.earlier] == ["DP092-V001"]
        changes = ((ids[1], Form(None, replaces=ids[0])), (ids[2], Form(None, "Said otherwise.")))
        for number, (view_id, form) in enumerate(changes):
            await stating.change(session, two.config, OUTBOX, ADA["teams"], view_id, form, f"f{number}", moment(5))

    views = await two.views()
    assert views["DP092-V001"].replaced_by == "DP092-V002"
    assert [(said.text) for said in views["DP092-V003"].wordings] == ["Said in private.", "Said otherwise."]
    first, private = views["DP092-V001"].author, views["DP092-V003"].author
    assert [(each.platform, each.id) for each in (first, private) if each] == [("slack", "UADA")] * 2
    # It is confirmed where the author is now: in the thread there, else directly.
    assert (await two.queued("whisper"))[-1] == ("teams", CHANNELS["teams"])
    assert (await two.queued("direct"))[-1] == ("teams", ADA["teams"].id)


async def test_an_address_that_is_not_believed_makes_nobody_the_same_person(two: Two) -> None:
    await two.says(ADA["slack"], "m1", "Issue: said in Slack.", 1)
    await two.says(STRANGER, "m2", "Issue: said in Teams.", 2)
    for at, speaker in enumerate((ADA["slack"], STRANGER), 3):
        await two.reacts(speaker, at)
        await two.answers(speaker, at)

    first, second = (await two.views()).values()
    assert (second.profile.organisation, second.author and second.author.email) == (None, None)
    async with two.sessions.begin() as session:
        with pytest.raises(NotPermitted, match="somebody else's comment"):
            await stating.own(session, two.config, STRANGER, first.id, moment(5))
        assert [view.ref for view in (await stating.mine(session, two.config, STRANGER, 9))[0]] == ["DP092-V002"]
        assert await people.accounts(session, two.config, STRANGER) == {("teams", STRANGER.id)}
    # Where nothing says for whom somebody speaks, it is a view all the same, of another person.
    assert (await two.reactions(), await two.without_comment()) == ([2], 2)


async def test_what_secas_confirmed_on_one_platform_holds_on_the_other_and_is_told_in_secas_channel(two: Two) -> None:
    async with two.sessions.begin() as session:
        asked = (JO["teams"], "Wharfe Supply", "Small Suppliers", moment(1))
        claim = await claiming.state(session, two.config, OUTBOX, *asked)
        again = await claiming.state(session, two.config, OUTBOX, JO["slack"], "Wharfe Supply", "Small Suppliers", NOW)
        assert again is claim  # SECAS is asked once
        await claiming.decide(session, two.config, OUTBOX, claim.id, True, ANALYST, moment(2))
        standing = await claiming.standing(session, two.config, JO["slack"], moment(3))
        assert (standing.profile.organisation, standing.claim) == ("Wharfe Supply", claim)
    await two.says(JO["slack"], "m1", "Issue: said in Slack.", 4)

    (view,) = (await two.views()).values()
    assert (view.profile.organisation, view.profile.party_category) == ("Wharfe Supply", "Small Suppliers")
    assert await two.queued("post") == [("slack", "secas-change-team")] * 2
    assert await two.queued("direct") == [("teams", JO["teams"].id)]


async def test_after_erasure_a_person_of_two_platforms_still_counts_as_one(two: Two) -> None:
    for at, platform in enumerate(CHANNELS, 1):
        await two.says(ADA[platform], f"m{at}", f"Issue: said in {platform}.", at)
        await two.reacts(ADA[platform], at)
    async with two.sessions.begin() as session:  # both were pressed before it was known that they are one person's
        for platform, speaker in CARA.items():
            post, place = two.posts[platform], two.place(platform)
            heard = HeardAnswer(place, speaker, True, moment(3))
            await collecting.write(session, two.config, heard, post.id, NOW, Origin())
    assert (await two.reactions(), await two.without_comment()) == ([1], 1)

    async with two.sessions.begin() as session:
        for speaker in (ADA["slack"], CARA["teams"]):
            person = await identities.find(session, speaker.email or "")
            await forgetting.forget(session, person, ANALYST, moment(10))

    assert (await two.reactions(), await two.without_comment()) == ([1], 1)
    async with two.sessions.read() as session:
        speakers = set(await session.scalars(select(LedgerEntry.speaker)))
        assert len(speakers) == 4  # a stand-in for each account
        assert all(each.startswith("erased-") for each in speakers)


async def test_a_removal_is_said_of_the_platform_where_it_was(two: Two) -> None:
    for at, platform in enumerate(CHANNELS, 1):
        await two.says(ADA[platform], f"m{at}", f"Issue: said in {platform}.", at)
        place = two.place(platform, f"m{at}")
        await two.hears(HeardRemoval(place, ADA[platform], moment(at), moment(at + 10)))

    found = await two.compiles()

    assert [kept.state for kept in found.kept] == ["removed in Slack", "removed in Microsoft Teams"]
    async with two.sessions.read() as session:
        view = next(each for each in (await two.views()).values() if each.platform == "teams")
        with pytest.raises(UserError, match=r"was removed in Microsoft Teams on 30 October 2019 and can no longer"):
            await stating.own(session, two.config, ADA["teams"], view.id, NOW)
        answer = await commands.answer(session, two.config, OUTBOX, commands.parse("views DP092"), SECAS, moment(20))
        shown = str(OUTBOX.renderer.payload("slack", cast("Message", answer)))
        assert "Removed in Microsoft Teams on 30 October 2019" in shown
        assert "Microsoft Teams, 30 October 2019" in shown


SECAS = Speaker("slack", "UROBIN", "robin.ainsley@secas.example", "Robin")


@pytest.mark.parametrize("platform", CHANNELS)
async def test_a_proposal_is_linked_to_its_post_on_the_readers_own_platform(two: Two, platform: str) -> None:
    async with two.sessions.read() as session:
        for line in ("list", "show DP092"):
            answer = await commands.answer(session, two.config, OUTBOX, commands.parse(line), ADA[platform], NOW)
            shown = str(OUTBOX.renderer.payload(platform, cast("Message", answer)))
            assert f"https://{platform}.example/" in shown
            assert not any(f"https://{other}.example/" in shown for other in {*CHANNELS} - {platform})


def test_a_check_is_of_its_own_thread_and_hides_no_gap_in_another() -> None:
    """Two threads of one Sub-Committee: a comment of one is not in this edition, while the other has more of them."""
    whole = DOCUMENT.compilation
    refs = [comment.whole.rpartition("-")[2] for comment in whole.comments if not comment.confidential]
    one, two, *_ = dict.fromkeys(refs)
    (check,) = whole.checks
    slack = replace(check, comments=2, refs=(one, two))
    teams = Check("Operations Group", "Microsoft Teams", check.checked_at, 2, 0, None, (refs[-1], "V999"))

    said = write(replace(DOCUMENT, compilation=replace(whole, checks=(slack, teams))), Format.MARKDOWN).decode()

    at = "at 5.02pm on 12 November 2019"
    assert f"The Slack thread was checked {at} and all 2 comments in it are included." in said
    assert f"The Microsoft Teams thread was checked {at}: of the 2 comments in it 1 is included here." in said


class Deaf:
    """A platform that may be written to, and refuses to be read."""

    capabilities = Capabilities(reads_threads=False)

    async def page(self, *_: object) -> None:
        raise NotReadable("403 Forbidden")


async def test_what_cannot_be_read_holds_no_document_and_the_receipt_says_why(two: Two) -> None:
    async with two.sessions.begin() as session:
        asked = CompileRequest(
            proposal_id=two.item.proposal_id, platform="teams", requested_by=ANALYST.who, requested_at=moment(60)
        )
        session.add(asked)
    desk = Desk(two.config, two.sessions, OUTBOX, lambda: moment(61), {"teams": cast("Messenger", Deaf())})

    await jobs.compile_requested(desk)

    async with two.sessions.read() as session:
        (document,) = (await session.scalars(select(Document))).all()
        checks = compiling.document(document).compilation.checks
        assert await sweeping.unfinished(session, [post.id for post in two.posts.values()]) == []
    assert [(each.platform, each.problem) for each in checks] == [
        ("Slack", "dpbot is not connected to Slack"),
        ("Microsoft Teams", "dpbot has not been given the right to read its messages"),
    ]
    # Its files go to SECAS's channel on its own platform, whichever it was asked for on.
    assert set(await two.queued("file")) == {("slack", "secas-change-team")}


async def test_an_author_objects_on_either_platform_to_what_secas_recorded(two: Two) -> None:
    said = HeardWords(two.place("slack", "m1"), ADA["slack"], "On DP092: too short.", moment(1), moment(1))
    origin = Origin(Source.MESSAGE, entered_by="Robin")
    async with two.sessions.begin() as session:
        await collecting.write(session, two.config, said, two.posts["slack"].id, moment(2), origin)
    (view,) = (await two.views()).values()
    async with two.sessions.read() as session:
        for author in ADA.values():
            assert (await recording.objectionable(session, two.config, author, view.id)).id == view.id
        with pytest.raises(NotPermitted):
            await recording.objectionable(session, two.config, CARA["slack"], view.id)
