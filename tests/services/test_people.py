"""For whom a person speaks, by the roster and by the proposal."""

import pytest

from bot.config import Config
from bot.domain import Capacity, ProposalType, Speaker
from bot.models import Item
from bot.services.people import Roster, RosterRow, name_of, profile_of

ANALYST = "robin.ainsley@secas.example"


def row(name: str, organisation: str, capacity: Capacity, sub_committee: str = "OPSG") -> RosterRow:
    email = f"{name.split(maxsplit=1)[0].lower()}@any.example"
    return RosterRow(email, name, organisation, "Large Suppliers", sub_committee, "Seat 1", capacity)


def item(
    proposer: str | None = "Chris Thompson", organisation: str | None = "DCC", on_behalf_of: str | None = None
) -> Item:
    return Item(
        reference="DP092",
        type=ProposalType.DRAFT,
        title="New",
        proposer=proposer,
        organisation=organisation,
        on_behalf_of=on_behalf_of,
    )


ROSTER = Roster(
    (
        row("Ada Firth", "Northshire Energy", Capacity.MEMBER),
        row("Ben Holm", "Northshire Energy", Capacity.ALTERNATE),
        row("Hugh Ames", "Ames Consulting", Capacity.CHAIR),
        row("Isla Beck", "Ribble Security", Capacity.CHAIR_MEMBER, "SSC"),
        row("Gwen Lowe", "Data Communications Company (DCC)", Capacity.MEMBER),
        row("Chris Thompson", "Thompson Consulting", Capacity.MEMBER),
        row("Robin Ainsley", "Gemserv", Capacity.MEMBER),
    )
)


def capacity_of(config: Config, name: str, about: Item | None = None) -> Capacity:
    return profile_of(config, ROSTER, f"{name}@any.example", "OPSG", about or item()).capacity


def test_a_member_speaks_for_the_organisation_in_the_roster(config: Config) -> None:
    profile = profile_of(config, ROSTER, "ADA@any.example", "OPSG", item())

    assert profile.organisation == "Northshire Energy"
    assert profile.party_category == "Large Suppliers"
    assert profile.seat == "Seat 1"
    assert profile.capacity is Capacity.MEMBER


@pytest.mark.parametrize(
    ("name", "capacity", "gives_views"),
    [
        ("ada", Capacity.MEMBER, True),
        ("ben", Capacity.ALTERNATE, True),
        ("hugh", Capacity.CHAIR, False),
        ("gwen", Capacity.PROPOSER_ORGANISATION, False),
        ("chris", Capacity.PROPOSER, False),
        ("nobody", Capacity.NOT_STATED, True),
    ],
)
def test_the_capacity_decides_what_is_a_view(config: Config, name: str, capacity: Capacity, gives_views: bool) -> None:
    assert capacity_of(config, name) is capacity
    assert capacity.gives_views is gives_views


def test_a_member_of_another_sub_committee_observes_this_one(config: Config) -> None:
    assert capacity_of(config, "isla") is Capacity.OBSERVER
    assert profile_of(config, ROSTER, "isla@any.example", "SSC", item()).capacity is Capacity.CHAIR_MEMBER


def test_an_analyst_speaks_for_secas_whatever_the_roster_says(config: Config) -> None:
    also_listed = Roster((RosterRow(ANALYST, "Robin", "Gemserv", None, "OPSG", "1", Capacity.MEMBER),))
    profile = profile_of(config, also_listed, ANALYST.title(), "OPSG", item("Robin", "Gemserv"))

    assert (profile.organisation, profile.capacity) == ("SECAS", Capacity.SECAS)
    assert not profile.capacity.gives_views


@pytest.mark.parametrize("email", ["jo@elsewhere.example", None])
def test_an_unknown_person_is_kept_with_nothing_stated(config: Config, email: str | None) -> None:
    profile = profile_of(config, ROSTER, email, "OPSG", item())

    assert (profile.organisation, profile.party_category, profile.seat) == (None, None, None)
    assert profile.capacity is Capacity.NOT_STATED


def test_the_proposers_side_is_whoever_the_item_names(config: Config) -> None:
    assert capacity_of(config, "ada", item("Ben Holm and Ada Firth", None)) is Capacity.PROPOSER
    assert capacity_of(config, "ada", item(None, "the Northshire Energy Ltd")) is (Capacity.PROPOSER_ORGANISATION)
    assert capacity_of(config, "ada", item(None, "SECAS", "Northshire Energy")) is (Capacity.PROPOSER_ORGANISATION)
    assert capacity_of(config, "ada", item(None, None)) is Capacity.MEMBER
    assert capacity_of(config, "hugh", item("Hugh Ames", None)) is Capacity.PROPOSER


def test_without_an_item_the_roster_alone_speaks(config: Config) -> None:
    assert profile_of(config, ROSTER, "gwen@any.example", "OPSG", None).capacity is Capacity.MEMBER


def test_the_rosters_name_goes_before_the_platforms() -> None:
    listed = Speaker("slack", "U1", "Ada@any.example", "Large Supplier Secretary")
    unlisted = Speaker("slack", "U2", "jo@elsewhere.example", "Jo")

    assert name_of(ROSTER, listed).name == "Ada Firth"
    assert name_of(ROSTER, unlisted) is unlisted
