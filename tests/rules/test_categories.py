"""What words for a Party Category mean, by the configuration as shipped."""

import pytest

from bot.config import Config, load_config
from bot.rules.categories import Category, Meaning, OtherBody, Several, Unknown, category_of
from tests.house import ROOT

LARGE, SMALL = "Large Suppliers", "Small Suppliers"
ELECTRICITY, GAS, OTHERS = "Electricity Networks", "Gas Networks", "Other SEC Parties"


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config(ROOT / "config.toml")


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("Large Suppliers", Category(LARGE)),
        ("  large   SUPPLIER ", Category(LARGE)),
        ("MAPs", Category(OTHERS)),
        ("Other SEC Parties (MAPs and Device Manufacturers)", Category(OTHERS)),
        ("Meter Asset Providers and Device Manufacturers", Category(OTHERS)),
        ("Networks Parties", Several((ELECTRICITY, GAS))),
        ("Electricity and Gas Network Operators", Several((ELECTRICITY, GAS))),
        ("Large and Small Suppliers", Several((LARGE, SMALL))),
        ("Supplier Parties", Several((LARGE, SMALL))),
        ("All SEC Parties", Several((LARGE, SMALL, ELECTRICITY, GAS, OTHERS))),
        ("Small Suppliers, Networks and MAPs", Several((SMALL, ELECTRICITY, GAS, OTHERS))),
        ("DCC", OtherBody("the DCC")),
        ("The DCC", OtherBody("the DCC")),
        ("Data Communications Company (DCC)", OtherBody("the DCC")),
        ("Citizens Advice", OtherBody("consumer body")),
        ("Ofgem", OtherBody("the Authority")),
        ("Secretary of State", OtherBody("the Secretary of State")),
        ("SECAS", OtherBody("SECAS")),
        ("Large Suppliers and the DCC", Unknown()),
        ("No Parties impacted", Unknown()),
        ("and", Unknown()),
        ("", Unknown()),
    ],
)
def test_a_wording_seen_in_the_wild_is_one_category_or_several_to_be_asked_or_another_body(
    config: Config, words: str, meaning: Meaning
) -> None:
    assert category_of(words, config) == meaning
