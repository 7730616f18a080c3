"""Mail files: their words as they stand, what they say of themselves, and hostile ones refused in a sentence."""

import time
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import letters
from bot.domain import Reference
from bot.errors import UserError
from bot.letters import Letter

DP092 = Reference(92)
HEAD = b"From: Ada Firth <ada.firth@northshire.example>\nDate: Tue, 5 Nov 2019 09:30:00 +0100\nSubject: DP092\n"
WORDS = "The issue is clear.\n\nNotice is what matters \N{EM DASH} three months\u2019 at least."


def mail(words: str = WORDS, subject: str = "RE: DP092 comments") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Ada Firth <ada.firth@northshire.example>"
    made["Date"] = "Tue, 5 Nov 2019 09:30:00 +0100"
    made["Subject"] = subject
    made.set_content(words)
    return made


def read(content: bytes | EmailMessage) -> Letter:
    return letters.read(content if isinstance(content, bytes) else content.as_bytes(), DP092)


def test_a_mail_says_whom_it_is_from_when_it_was_sent_and_about_what() -> None:
    found = read(mail())

    assert (found.name, found.address) == ("Ada Firth", "ada.firth@northshire.example")
    assert found.sent == datetime(2019, 11, 5, 8, 30, tzinfo=UTC)
    assert found.subject == "RE: DP092 comments"
    assert found.words == WORDS
    assert found.findings == ()


def test_a_subject_that_names_another_proposal_is_pointed_out() -> None:
    assert read(mail(subject="Our view on DP090 and MP077")).findings == (
        "Its subject names DP090, MP077, another proposal than this.",
    )
    assert read(mail(subject="DP090 and MP092")).findings == ()


@pytest.mark.parametrize(
    "quoting",
    [
        "> what you wrote",
        "-----Original Message-----",
        "On 4 November 2019 Robin Ainsley wrote:",
        "From: Robin Ainsley\nSent: 4 November 2019",
    ],
)
def test_an_earlier_mail_that_is_quoted_is_pointed_out_and_kept(quoting: str) -> None:
    found = read(mail(f"We agree.\n\n{quoting}\nThe old words."))

    assert found.words.endswith("The old words.")
    assert found.findings == ("It quotes another mail from line 3 on: nothing was cut.",)


def test_attachments_are_named_and_not_kept() -> None:
    made = mail()
    made.add_attachment(b"PK\x03\x04 secret", maintype="application", subtype="zip", filename="sites  \x1b[31m.zip")
    made.add_attachment(mail("A mail within."), filename=None)
    found = read(made)

    assert found.words.splitlines()[-2:] == [
        "[file: sites [31m.zip, application/zip]",
        "[file: no name, message/rfc822]",
    ]
    assert "secret" not in found.words
    assert "within" not in found.words
    assert found.findings == ("It has 2 attachments: named at the end of the words, not kept.",)


def test_a_second_text_beside_the_first_is_not_lost() -> None:
    made = mail("We agree.")
    made.make_mixed()
    made.attach(EmailMessage())
    second = EmailMessage()
    second.set_content("And so does Tarn Metering.")
    made.attach(second)

    assert "We agree.\n\nAnd so does Tarn Metering." in read(made).words


def test_plain_text_goes_before_html() -> None:
    made = mail("Plain words.")
    made.add_alternative("<p>Other words.</p>", subtype="html")

    assert read(made).words == "Plain words."
    assert read(made).findings == ()


def test_of_html_alone_the_words_are_taken_and_that_is_said() -> None:
    made = mail()
    made.set_content(
        "<html><head><title>no</title><style>p {}</style></head><body><p>The  issue\nis&nbsp;clear &amp; known.</p>"
        "<!-- no --><script>no()</script><div>Consider:<br>notice</div><ul><li>to agents<li>to <b>Use</b>rs</ul>"
        '<a href="https://a.example/x">the report</a> <a href="https://b.example">https://b.example</a>'
        '<a href="javascript:no">here</a></body></html>',
        subtype="html",
    )
    found = read(made)

    assert found.words == (
        "The issue is\u00a0clear & known.\n\nConsider:\nnotice\n\n- to agents\n- to Users\n\n"
        "the report (https://a.example/x) https://b.examplehere"
    )
    assert found.findings == ("It has no plain text: the words are those of its HTML, without its layout.",)


@pytest.mark.parametrize(
    ("said", "sent", "words"),
    [
        ("us-ascii", "\u201cclear\u201d".encode(), "\u201cclear\u201d"),
        ("us-ascii", b"\x93clear\x94", "\u201cclear\u201d"),
        ("iso-8859-1", b"\x93clear\x94 \xa35", "\u201cclear\u201d \u00a35"),
        ("utf-8", b"\xef\xbb\xbfclear", "clear"),
        ("utf-16le", "cl\u00e9ar".encode("utf-16le"), "cl\u00e9ar"),
    ],
)
def test_words_are_read_as_mail_programs_write_them(said: str, sent: bytes, words: str) -> None:
    assert read(HEAD + f"Content-Type: text/plain; charset={said}\n\n".encode() + sent).words == words


def test_what_cannot_be_read_shows_and_is_told_of() -> None:
    found = read(HEAD + b"Content-Type: text/plain; charset=utf-8\n\nclear \xff\xfe enough")

    assert found.words == "clear \ufffd\ufffd enough"
    assert found.findings == ("2 characters of it could not be read: \ufffd stands for each.",)


def test_who_and_when_are_asked_for_where_the_mail_does_not_say() -> None:
    for head in (
        b"Subject: DP092\n",
        b"Subject: DP092\nFrom: Ada Firth\nDate: yesterday\n",
        b"Subject: DP092\nFrom: a@b.example, c@d.example\nDate: Tue, 99 Nov 9999 99:30:00 +9999\n",
        b"Subject: DP092\nFrom: " + b"(" * 900 + b"\nDate: " + b"(" * 900 + b"\n",
        b"Subject: DP092\nFrom: " + b"a" * 5000 + b"@b.example\nDate: Fri, 31 Dec 9999 23:59:59 -2359\n",
    ):
        found = read(head + b"\nWe agree.")
        assert (found.name, found.address, found.sent) == (None, None, None)
        assert found.findings == (
            "It does not say clearly whom it is from: say so with --from.",
            "It does not say when it was sent: say so with --on.",
        )


def nested(depth: int) -> bytes:
    levels = (f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return HEAD + "".join(levels).encode() + b"Content-Type: text/plain\n\nWe agree.\n"


PLAIN = b"Content-Type: text/plain\n\n"
HTML = b"Content-Type: text/html\n\n"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "none of a mail's headers"),
        (b"\xd0\xcf\x11\xe0" + bytes(5000), "none of a mail's headers"),
        ("The issue is clear.".encode("utf-16"), "none of a mail's headers"),
        (HEAD, "no text"),
        (HEAD + b"Content-Type: application/pdf\n\n%PDF", "no text"),
        (HEAD + HTML + b"<script>alert(1)</script>", "no text"),
        (HEAD + b"Content-Type: text/plain; charset=punycode\n\n" + b"a" * 50_000, '"punycode"'),
        (HEAD + b"Content-Type: text/plain; charset=rot13\n\nPurrfr", '"rot13"'),
        (HEAD + b"Content-Type: text/plain; charset=zlib\n\nx", '"zlib"'),
        (nested(150), "more than 100 parts"),
        (HEAD + b'Content-Type: multipart/mixed; boundary="x"\n\n' + b"--x\n" * 500_000, "more than 100 parts"),
        (HEAD + b"Content-Type: text/plain; " + b"a=b; " * 5_000 + b"\n\nx", "headers is too long"),
        (HEAD + b"Content-Type: text/plain;" + b"\n a=b;" * 5_000 + b"\n\nx", "headers is too long"),
        (HEAD + b"a:\r\n" * 600_000 + b"\nx", "more lines"),
        (HEAD + HTML + b"<div>" * 5_000 + b"We agree.", "nested too deeply"),
        (HEAD + PLAIN + b"x" * letters.MOST_BYTES, "at most 25 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_and_wrong_files_are_refused_in_a_sentence_and_at_once(content: bytes, why: str) -> None:
    began = time.process_time()

    with pytest.raises(UserError, match=why):
        read(content)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("unit", ["<", "</", "<!--", "<!", "<?", "&", "<a ", "<a b='", "<![", "<p>", "&#x0;"])
def test_html_that_goes_on_and_on_is_read_in_time(unit: str) -> None:
    began = time.process_time()
    found = read(HEAD + HTML + b"<p>We agree.</p>" + unit.encode() * 200_000)

    assert "We agree." in found.words
    assert time.process_time() - began < 5


def test_mails_within_mails_up_to_the_limit_are_read() -> None:
    assert read(nested(90)).words == "We agree."


@settings(max_examples=60, deadline=None)
@given(words=st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.just("\n"), min_size=1, max_size=200))
def test_whatever_is_written_comes_out_as_it_was(words: str) -> None:
    if words.strip():
        assert read(mail(words)).words == words.strip("\n")


VALID = nested(3) + b"--b2\nContent-Type: text/html; charset=utf-8\nContent-Disposition: inline\n\n<p>x</p>\n--b2--\n"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_breaks_nothing(data: st.DataObject) -> None:
    content = bytearray(VALID)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 8))] = data.draw(
            st.binary(max_size=6) | st.sampled_from([b"\n", b"=?", b"((", b'"', b"--b1\n", b";", b"*0*=", b"%"])
        )
    with suppress(UserError):
        str(read(bytes(content))).encode()
