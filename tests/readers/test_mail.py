"""Press releases come by mail: in any encoding, wrapped, signed, passed on, by the hundred."""

from datetime import UTC, datetime

import pytest

from claims.model.article import Article
from claims.readers.options import ReadOptions
from tests.readers.wires import article, noticed, read, told

HEAD = (
    'From: "Harbour Agency" <press@harbour.example>\r\nTo: desk@pier.example\r\n'
    "Subject: =?utf-8?q?Caf=C3=A9_and_bridge?=\r\nDate: Mon, 4 May 2026 08:00:00 +0200\r\n"
    "Message-ID: <m1@harbour.example>\r\n"
)
WRAPPED = (
    "The bridge over the harbour is safe again after the works of the spring, the\r\n"
    "agency said. Two lorries have crossed it.\r\n\r\nNobody was hurt.\r\nENDS\r\n"
)
TEXT = (
    "The bridge over the harbour is safe again after the works of the spring, the agency said. "
    "Two lorries have crossed it.\nNobody was hurt.\nENDS"
)


def mail(body: str = WRAPPED, head: str = HEAD, kind: str = "text/plain; charset=utf-8") -> bytes:
    return f"{head}MIME-Version: 1.0\r\nContent-Type: {kind}\r\n\r\n{body}".encode()


def multipart(*parts: str, kind: str = "alternative") -> bytes:
    inner = "".join(f"--b\r\n{part}\r\n" for part in parts)
    return mail(f"{inner}--b--\r\n", kind=f'multipart/{kind}; boundary="b"')


PLAIN = f"Content-Type: text/plain; charset=utf-8\r\n\r\n{WRAPPED}"
EMPTY = "Content-Type: text/plain\r\n\r\n \r\n"
HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>One</p><p>Two</p>"
PDF = "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n\r\nx"
LOGO = "Content-Type: image/png\r\nContent-Disposition: attachment; filename=l.png\r\n\r\nx"


def test_a_mail_keeps_what_it_states() -> None:
    found = article(read(mail()))
    assert found.text == TEXT
    assert (found.title, found.outlet) == ("Caf\u00e9 and bridge", "Harbour Agency")
    assert (found.external_id, found.byline) == ("m1@harbour.example", None)
    assert found.published_at == datetime(2026, 5, 4, 6, tzinfo=UTC)
    assert (found.reader, found.media_type) == ("mail/1", "message/rfc822")
    assert found.archived == mail()


def test_the_command_line_knows_the_outlet_better_than_a_name_in_a_header() -> None:
    assert article(read(mail(), options=ReadOptions(outlet="The Agency"))).outlet == "The Agency"
    host = HEAD.replace('"Harbour Agency" <press@harbour.example>', "press@harbour.example")
    assert article(read(mail(head=host))).outlet == "harbour.example"
    assert (
        article(read(mail(head=f"{HEAD}Organization: Port Authority\r\n"))).outlet
        == "Port Authority"
    )


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((PLAIN, HTML), [TEXT]),
        ((EMPTY, HTML), ["One\nTwo"]),
        ((HTML,), ["One\nTwo"]),
        ((PLAIN, PDF, LOGO), [TEXT, "unsupported-format 1 attachment not read: a.pdf"]),
        (
            (EMPTY, PDF, PDF),
            [
                "empty no text in the mail",
                "unsupported-format 2 attachments not read: a.pdf, a.pdf",
            ],
        ),
        ((LOGO,), ["empty no text in the mail"]),
    ],
)
def test_the_plain_part_goes_first_and_attachments_are_counted(
    parts: tuple[str, ...], expected: list[str]
) -> None:
    assert told(read(multipart(*parts))) == expected


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        ("text/plain; charset=iso-8859-15", "5 \u20ac".encode("iso-8859-15"), "5 \u20ac"),
        ("text/plain; charset=nonsense", "caf\u00e9".encode(), "caf\u00e9"),
        ("text/plain; charset=ascii", "caf\u00e9".encode(), "caf\u00e9"),
        (
            "text/plain",
            "caf\u00e9 \u201cok\u201d".encode("windows-1252"),
            "caf\u00e9 \u201cok\u201d",
        ),
        (
            "text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64",
            b"Y2Fmw6k=",
            "caf\u00e9",
        ),
        (
            "text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable",
            b"caf=C3=A9 =\r\nau",
            "caf\u00e9 au",
        ),
    ],
)
def test_encodings(kind: str, body: bytes, text: str) -> None:
    assert article(read(mail("", kind=kind) + body)).text == text


def test_a_wrong_encoding_is_a_problem() -> None:
    [line] = told(read(mail("", kind="text/plain; charset=utf-8") + b"caf\xe9"))
    assert line.startswith("bad-encoding")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("One.\r\n-- \r\nTom Reed\r\nPress office", "One."),
        ("One.\r\n\r\nOn Mon, 4 May 2026, Tom Reed wrote:\r\n> Quoted.\r\n> More.\r\n", "One."),
        (
            f"{'a' * 70}\r\n* a point\r\n",
            f"{'a' * 70}\n* a point",
        ),
        (
            "One line.\r\nAnother short line.\r\n* a point\r\n",
            "One line.\nAnother short line.\n* a point",
        ),
    ],
)
def test_signatures_and_quoted_mails_are_not_of_the_release(body: str, text: str) -> None:
    assert article(read(mail(body))).text == text


def test_flowed_lines_are_joined() -> None:
    body = "The bridge \r\nis safe.\r\n From now on.\r\n"
    kind = "text/plain; charset=utf-8; format=flowed"
    assert article(read(mail(body, kind=kind))).text == "The bridge is safe.\nFrom now on."


FORWARD = (
    "FYI\r\n\r\n---------- Forwarded message ---------\r\n"
    "From: Harbour Agency <press@harbour.example>\r\n"
    "Date: Mon, May 4, 2026 at 8:00 AM\r\nSubject: Bridge is safe\r\n"
    "To: <tom@pier.example>\r\n\r\nSafe.\r\n"
)


def test_a_mail_that_was_passed_on_is_the_senders() -> None:
    head = HEAD.replace('"Harbour Agency" <press@harbour.example>', "Tom Reed <tom@pier.example>")
    found = article(read(mail(FORWARD, head=head)))
    assert (found.text, found.outlet, found.title) == ("Safe.", "Harbour Agency", "Bridge is safe")
    # Its own id and time are not in it; those of the mail around it are others.
    assert (found.external_id, found.published_at) == (None, None)


def test_a_mail_that_was_attached_is_read() -> None:
    inner = "Content-Type: message/rfc822\r\n\r\n" + mail().decode()
    found = article(read(multipart(EMPTY, inner, kind="mixed").replace(b"<m1@", b"<outer@", 1)))
    assert (found.text, found.external_id) == (TEXT, "m1@harbour.example")


def test_an_embargo_in_the_text_or_the_subject_holds() -> None:
    line = "EMBARGOED UNTIL 00:01 GMT Tuesday 5 May 2026"
    until = datetime(2026, 5, 5, 0, 1, tzinfo=UTC)
    subject = HEAD.replace("=?utf-8?q?Caf=C3=A9_and_bridge?=", line)
    for raw in (mail(f"PRESS RELEASE\r\n{line}\r\n\r\n{WRAPPED}"), mail(head=subject)):
        embargo = article(read(raw)).embargo
        assert embargo is not None
        assert embargo.until == until
    assert article(read(mail(f"FOR IMMEDIATE RELEASE\r\n\r\n{WRAPPED}"))).embargo is None
    assert told(read(mail(f"EMBARGOED UNTIL FRIDAY\r\n\r\n{WRAPPED}")))[1:] == ["bad-date embargo"]


def test_a_correction_in_the_subject_is_proposed() -> None:
    head = HEAD.replace("=?utf-8?q?Caf=C3=A9_and_bridge?=", "Correction: Bridge is safe")
    assert noticed(read(mail(head=head))) == ["correct wire-slug Correction: Bridge is safe"]


@pytest.mark.parametrize(
    "head",
    [
        "Date: soon\r\n",
        "Date: Mon, 99 May 2026 99:00:00 +9999\r\n",
    ],
)
def test_a_date_that_cannot_be_read_is_left_out(head: str) -> None:
    raw = mail(head=f"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n{head}")
    assert told(read(raw, "a.eml")) == ["bad-date date", TEXT]


@pytest.mark.parametrize(
    "raw",
    [
        b"From: =?utf-8?b?//?= <@@>\r\nSubject: =?x?q?=\r\nMessage-ID: <<\r\nDate: \r\n\r\nText",
        b'From: "\r\nSubject: a\r\nContent-Type: ;;;=\r\nContent-Disposition: \xff;\r\n\r\nText',
        b'Subject: a\r\nFrom: a\r\nContent-Type: text/plain; charset="\xff"\r\n\r\nText',
        b"Subject: a\r\nFrom: a\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
        b"Subject: a\r\nFrom: a\r\nContent-Type: multipart/mixed\r\n\r\nno boundary",
    ],
)  # fmt: skip
def test_headers_that_are_wrong_do_not_stop_a_mail(raw: bytes) -> None:
    assert len(read(raw, "a.eml")) == 1


def test_parts_within_parts_without_end_are_a_problem() -> None:
    deep = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(5000)
    )
    lines = told(read(f"From: a@b.example\r\nSubject: x\r\n{deep}".encode(), "a.eml"))
    assert len(lines) == 1


def box(*mails: bytes) -> bytes:
    return b"".join(b"From a@b.example Mon May  4 08:00:00 2026\n" + it + b"\n\n" for it in mails)


def test_a_mailbox_is_read_mail_by_mail() -> None:
    broken = mail("", kind="text/plain; charset=utf-8") + b"caf\xe9"
    quoting = mail("First.\r\n\r\n>From here to there.\r\n\r\nFrom May 2026 on.\r\n")
    records = read(box(mail(), broken, quoting), "a.mbox")
    lines = told(records)
    assert lines[0] == TEXT
    assert lines[1].startswith("bad-encoding")
    assert lines[2] == "First.\nFrom here to there.\nFrom May 2026 on."
    first, last = (it for it in records if isinstance(it, Article))
    assert (first.place, last.place) == ("a.mbox#1", "a.mbox#3")
    assert first.archived.startswith(mail())
    assert article(read(last.archived, "a.eml")).text == last.text


def test_a_mail_that_is_too_large_does_not_stop_a_mailbox() -> None:
    large = mail("x" * 70 + "\r\n") + (b"y" * 70 + b"\n") * 240_000
    lines = told(read(box(large, mail()), "a.mbox"))
    assert lines == ["too-large a mail of more than 16 MiB", TEXT]
    assert told(read(b"\n", "a.mbox")) == ["empty no mail in it"]
