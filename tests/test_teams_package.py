"""The package for Microsoft Teams: as Microsoft's schema wants it, with the least permissions, each explained."""

import json
import re
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from bot import commands, teams_commands
from tests.terminal import Terminal

ROOT = Path(__file__).parents[1]
SCHEMA = ROOT / "deploy/teams/MicrosoftTeams.schema.json"
CLIENT = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
ADDRESS = "https://dpbot.secas.example"


@pytest.fixture
def operator(empty: Terminal) -> Terminal:
    """With everything set that the package needs."""
    empty.file(".env", f"TEAMS_CLIENT_ID={CLIENT}\n")
    empty.configures("[secas]", f'[http]\naddress = "{ADDRESS}"\n[secas]')
    return empty


def packed(operator: Terminal) -> tuple[bytes, dict[str, Any]]:
    shown = operator.types("teams", "package", "--out", "made")
    assert (shown.code, shown.err) == (0, "")
    whole = (operator.folder / "made/dpbot-teams.zip").read_bytes()
    with zipfile.ZipFile(BytesIO(whole)) as package:
        assert package.namelist() == ["manifest.json", "color.png", "outline.png"]
        return whole, json.loads(package.read("manifest.json"))


def faults(manifest: dict[str, Any]) -> list[str]:
    """Microsoft's schema says draft 4, and uses what is of draft 6."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    return [str(error.message) for error in Draft7Validator(schema).iter_errors(manifest)]


def test_the_package_is_as_microsofts_schema_wants_it_and_every_time_the_same(operator: Terminal) -> None:
    whole, manifest = packed(operator)

    assert faults(manifest) == []
    assert faults(manifest | {"manifestVersion": "1.24"})
    assert faults(manifest | {"bot": []})
    assert "${{" not in json.dumps(manifest)
    bots = {each["botId"] for each in (*manifest["bots"], *manifest["composeExtensions"])}
    assert bots == {manifest["id"], manifest["webApplicationInfo"]["id"]} == {CLIENT}
    assert manifest["developer"]["privacyUrl"] == f"{ADDRESS}/about"
    assert packed(operator)[0] == whole


def test_every_command_that_it_offers_is_one(operator: Terminal) -> None:
    (offered,) = packed(operator)[1]["bots"][0]["commandLists"]

    for each in offered["commands"]:
        assert commands.parse(each["title"])


def test_a_messages_menu_has_the_entries_that_it_has_in_slack(operator: Terminal) -> None:
    (menu,) = packed(operator)[1]["composeExtensions"]
    slack = yaml.safe_load((ROOT / "deploy/slack-manifest.yaml").read_text("utf-8"))["features"]["shortcuts"]

    assert [(each["id"], each["title"]) for each in menu["commands"]] == [
        (each["callback_id"], each["name"]) for each in slack
    ]
    assert all((each["context"], each["fetchTask"]) == (["message"], True) for each in menu["commands"])


def test_each_permission_is_explained_in_the_guide_and_no_other(operator: Terminal) -> None:
    """Those are asked for that the code's calls to Graph need, and none of an organisation as a whole."""
    manifest = packed(operator)[1]
    asked = manifest["authorization"]["permissions"]["resourceSpecific"]
    guide = (ROOT / "docs/teams.md").read_text("utf-8")

    assert {each["type"] for each in asked} == {"Application"}
    explained = re.findall(r"^\| `([A-Za-z.]+\.Group)` \| .+ \| .+ \|$", guide, re.MULTILINE)
    assert explained == [each["name"] for each in asked]


@pytest.mark.parametrize(
    ("environment", "address", "sentence"),
    [
        ("", ADDRESS, "TEAMS_CLIENT_ID is not set: put it into the environment or into the file .env."),
        ("TEAMS_CLIENT_ID=dpbot", ADDRESS, "TEAMS_CLIENT_ID is not the Application (client) ID of a registration: "),
        (f"TEAMS_CLIENT_ID={CLIENT}", "", '[http] address is "": Teams needs one that begins with https://, such as '),
        (
            f"TEAMS_CLIENT_ID={CLIENT}",
            "http://127.0.0.1:8080",
            '[http] address is "http://127.0.0.1:8080": Teams needs',
        ),
    ],
)
def test_what_is_not_set_or_wrong_is_one_sentence_and_makes_no_package(
    empty: Terminal, environment: str, address: str, sentence: str
) -> None:
    empty.file(".env", f"{environment}\n")
    empty.configures("[secas]", f'[http]\naddress = "{address}"\n[secas]')
    shown = empty.types("teams", "package", "--out", "made")

    assert shown.code == 1
    assert shown.sentence.startswith(sentence)
    assert not (empty.folder / "made").exists()


def test_the_icons_have_the_sizes_of_teams_and_the_outline_is_white_on_nothing() -> None:
    """Microsoft: color.png 192 x 192, outline.png 32 x 32, white on a transparent background."""
    assert picture("color")[0] == 192
    size, pixels = picture("outline")

    assert size == 32
    drawn = [pixel for pixel in pixels if pixel[3]]
    assert 50 < len(drawn) < len(pixels) / 2
    assert {bytes(pixel[:3]) for pixel in drawn} == {b"\xff\xff\xff"}


def picture(name: str) -> tuple[int, list[bytes]]:
    """A square PNG's side, and its pixels as red, green, blue and opacity where it has all four."""
    data = (teams_commands.PARTS / f"{name}.png").read_bytes()
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    assert (depth, width) == (8, height)
    packed_lines, place = b"", 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        if data[place + 4 : place + 8] == b"IDAT":
            packed_lines += data[place + 8 : place + 8 + length]
        place += length + 12
    return width, unfiltered(zlib.decompress(packed_lines), width * 4) if kind == 6 else []


def unfiltered(data: bytes, wide: int) -> list[bytes]:
    """PNG, 9: each line begins with how its bytes differ from those before them and above them."""
    above, found = bytes(wide), b""
    for start in range(0, len(data), wide + 1):
        how, line = data[start], bytearray(data[start + 1 : start + 1 + wide])
        for place in range(wide):
            left, up = (line[place - 4] if place >= 4 else 0), above[place]
            corner = above[place - 4] if place >= 4 else 0
            nearest = min((left, up, corner), key=lambda each: abs(left + up - corner - each))
            line[place] = (line[place] + (0, left, up, (left + up) // 2, nearest)[how]) % 256
        above, found = bytes(line), found + bytes(line)
    return [found[place : place + 4] for place in range(0, len(found), 4)]
