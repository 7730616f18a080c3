"""For whom a person speaks, by the roster and by the proposal."""

from dataclasses import replace

import pytest

from bot.config import Config, Organisation
from bot.domain import Basis, Capacity, Profile, ProposalType, Speaker
from bot.models import Item
from bot.services.people import Roster, RosterRow, Stated, is_analyst, name_of, profile_of

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


def speaker(email: str | None, **more: object) -> Speaker:
    return replace(Speaker("slack", "U1", email), **more)  # type: ignore[arg-type]


def capacity_of(config: Config, name: str, about: Item | None = None) -> Capacity:
    return profile_of(config, ROSTER, speaker(f"{name}@any.example"), "OPSG", about or item()).capacity


def test_a_member_speaks_for_the_organisation_in_the_roster(config: Config) -> None:
    profile = profile_of(config, ROSTER, speaker("ADA@any.example"), "OPSG", item())

    assert profile == Profile("Northshire Energy", "Large Suppliers", "Seat 1", Capacity.MEMBER, basis=Basis.ROSTER)


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
    isla = speaker("isla@any.example")
    here, there = (profile_of(config, ROSTER, isla, body, item()) for body in ("OPSG", "SSC"))

    assert (here.organisation, here.capacity, here.seat) == ("Ribble Security", Capacity.OBSERVER, None)
    assert (there.capacity, there.seat) == (Capacity.CHAIR_MEMBER, "Seat 1")


def test_an_analyst_speaks_for_secas_whatever_the_roster_says(config: Config) -> None:
    also_listed = Roster((RosterRow(ANALYST, "Robin", "Gemserv", None, "OPSG", "1", Capacity.MEMBER),))
    profile = profile_of(config, also_listed, speaker(ANALYST.title()), "OPSG", item("Robin", "Gemserv"))

    assert (profile.organisation, profile.capacity, profile.basis) == ("SECAS", Capacity.SECAS, Basis.CONFIGURATION)
    assert not profile.capacity.gives_views


def test_nobody_of_another_workspace_is_an_analyst_by_an_address_given_there(config: Config) -> None:
    somebody = speaker(ANALYST, team="T0OTHER", external=True)

    assert is_analyst(config, speaker(ANALYST))
    assert not is_analyst(config, somebody)
    assert profile_of(config, ROSTER, somebody, "OPSG", item()).capacity is Capacity.NOT_STATED


@pytest.mark.parametrize("email", ["jo@elsewhere.example", None])
def test_an_unknown_person_is_kept_with_nothing_stated(config: Config, email: str | None) -> None:
    profile = profile_of(config, ROSTER, speaker(email), "OPSG", item())

    assert (profile.organisation, profile.party_category, profile.seat) == (None, None, None)
    assert (profile.capacity, profile.basis) == (Capacity.NOT_STATED, Basis.NOT_STATED)


def test_the_proposers_side_is_whoever_the_item_names(config: Config) -> None:
    assert capacity_of(config, "ada", item("Ben Holm and Ada Firth", None)) is Capacity.PROPOSER
    assert capacity_of(config, "ada", item(None, "the Northshire Energy Ltd")) is (Capacity.PROPOSER_ORGANISATION)
    assert capacity_of(config, "ada", item(None, "SECAS", "Northshire Energy")) is (Capacity.PROPOSER_ORGANISATION)
    assert capacity_of(config, "ada", item(None, None)) is Capacity.MEMBER
    assert capacity_of(config, "hugh", item("Hugh Ames", None)) is Capacity.PROPOSER


def test_without_an_item_the_roster_alone_speaks(config: Config) -> None:
    assert profile_of(config, ROSTER, speaker("gwen@any.example"), "OPSG", None).capacity is Capacity.MEMBER


def test_the_rosters_name_goes_before_the_platforms() -> None:
    listed = Speaker("slack", "U1", "Ada@any.example", "Large Supplier Secretary")
    unlisted = Speaker("slack", "U2", "jo@elsewhere.example", "Jo")

    assert name_of(ROSTER, listed).name == "Ada Firth"
    assert name_of(ROSTER, unlisted) is unlisted


# --- the platform's id, alternates ------------------------------------------------------------------------------------


def test_the_platforms_id_goes_before_an_address(config: Config) -> None:
    by_id = replace(row("Kit Vale", "Calder Networks", Capacity.MEMBER), email=None, platform_id="U1")
    roster = Roster((*ROSTER.rows, by_id))
    ada = speaker("ada@any.example")

    assert profile_of(config, roster, ada, "OPSG", item()).organisation == "Calder Networks"
    assert profile_of(config, roster, replace(ada, id="U2"), "OPSG", item()).organisation == "Northshire Energy"


def test_the_platforms_id_knows_a_person_whose_address_is_not_shown_on_all_their_sub_committees(config: Config) -> None:
    ada = row("Ada Firth", "Northshire Energy", Capacity.MEMBER)
    roster = Roster((replace(ada, sub_committee="SSC", platform_id="U1"), ada))

    assert profile_of(config, roster, speaker(None), "OPSG", item()).capacity is Capacity.MEMBER


@pytest.mark.parametrize("named", ["ada@any.example", "ada  FIRTH"])
def test_an_alternate_without_a_seat_takes_the_seat_of_the_member(config: Config, named: str) -> None:
    ben = replace(row("Ben Holm", "Northshire Energy", Capacity.ALTERNATE), seat=None, alternate_for=named)
    there = Roster((row("Ada Firth", "Northshire Energy", Capacity.MEMBER), ben))
    profile = profile_of(config, there, speaker("ben@any.example"), "OPSG", item())

    assert (profile.seat, profile.alternate_for, profile.capacity) == ("Seat 1", "Ada Firth", Capacity.ALTERNATE)
    alone = profile_of(config, Roster((ben,)), speaker("ben@any.example"), "OPSG", item())
    assert (alone.seat, alone.alternate_for) == (None, named)


# --- not on the roster ------------------------------------------------------------------------------------------------


@pytest.fixture
def mapped(config: Config) -> Config:
    """Northshire Energy with another name, and a workspace of its own."""
    northshire = Organisation(name="Northshire Energy", aliases=("NE Retail",), teams=("T0NORTH",))
    return config.model_copy(update={"organisations": (northshire,)})


def test_of_somebody_in_a_companys_workspace_the_organisation_is_known(mapped: Config) -> None:
    jo = speaker("jo@elsewhere.example", team="T0NORTH", external=True)

    assert profile_of(mapped, ROSTER, jo, "OPSG", item()) == Profile(
        "Northshire Energy", None, None, Capacity.NOT_STATED, basis=Basis.WORKSPACE
    )
    about = item(None, "NE Retail Ltd")
    assert profile_of(mapped, ROSTER, jo, "OPSG", about).capacity is Capacity.PROPOSER_ORGANISATION


@pytest.mark.parametrize(("team", "guest"), [("T0OTHER", False), (None, False), ("T0NORTH", True)])
def test_a_guest_or_another_workspaces_member_is_not_of_the_company(mapped: Config, team: str, guest: bool) -> None:
    profile = profile_of(mapped, ROSTER, speaker(None, team=team, guest=guest), "OPSG", item())
    assert (profile.organisation, profile.basis) == (None, Basis.NOT_STATED)


def test_what_secas_confirmed_goes_before_the_workspace_and_the_roster_before_both(mapped: Config) -> None:
    stated = Stated("Calder Networks", "Electricity Networks", confirmed=True)
    jo = speaker("jo@elsewhere.example", team="T0NORTH")
    confirmed = profile_of(mapped, ROSTER, jo, "OPSG", item(), stated)
    listed = profile_of(mapped, ROSTER, replace(jo, email="ben@any.example"), "OPSG", item(), stated)

    assert confirmed == Profile(
        "Calder Networks", "Electricity Networks", None, Capacity.NOT_STATED, basis=Basis.CONFIRMED
    )
    assert (listed.organisation, listed.basis) == ("Northshire Energy", Basis.ROSTER)


def test_what_a_person_alone_states_decides_nothing(mapped: Config) -> None:
    stated = Stated("DCC", None, confirmed=False)
    jo = speaker("jo@elsewhere.example")
    alone = profile_of(mapped, ROSTER, jo, "OPSG", item(), stated)

    assert (alone.organisation, alone.capacity, alone.basis) == ("DCC", Capacity.NOT_STATED, Basis.STATED)
    there = profile_of(mapped, ROSTER, replace(jo, team="T0NORTH"), "OPSG", item(), stated)
    assert (there.organisation, there.basis) == ("Northshire Energy", Basis.WORKSPACE)


def test_an_organisation_has_one_name_whatever_the_roster_or_the_paper_calls_it(mapped: Config) -> None:
    roster = Roster((row("Ada Firth", "The NE Retail plc", Capacity.MEMBER),))
    ada = speaker("ada@any.example")

    assert profile_of(mapped, roster, ada, "OPSG", item()).organisation == "Northshire Energy"
    about = item(None, "Northshire Energy Ltd")
    assert profile_of(mapped, roster, ada, "OPSG", about).capacity is Capacity.PROPOSER_ORGANISATION
