"""The text of a mail as its writer meant it: unwrapped, without signature and quoted mails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claims.text.clean import clean_line, clean_text

NARROWEST, WIDEST = 60, 80
"""Columns at which programs break lines; a text of other width was broken by its writer."""
POINT = re.compile(r"\s|[-*•–]\s|\d{1,2}[.)]\s")
"""How a line begins that is no continuation."""
SIGNATURE = "-- "
WROTE = re.compile(r"^(?:On|Am|Le)\b.{0,200}\b(?:wrote|schrieb|a écrit)\s*:$")
FORWARDED = re.compile(
    r"^\s*(?:-{2,}\s*(?:Forwarded|Original)\s+(?:message|mail)\s*-{2,}"
    r"|Begin forwarded message:)\s*$",
    re.IGNORECASE,
)
FIELD = re.compile(r"^\*?(From|Sent|Date|Subject|To|Cc|Reply-To)\s*:\*?\s*(.*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ForwardedText:
    """A text, and who wrote it if somebody else passed it on.

    Attributes:
        text: A line a paragraph.
        sender: Whom the forwarded mail is from; None if the text was not forwarded.
        subject: Of the forwarded mail.
    """

    text: str
    sender: str | None = None
    subject: str | None = None


def mail_text(raw: str, *, flowed: bool = False, joined: bool = False) -> str:
    """The text of a plain part, a line a paragraph.

    Args:
        raw: As it stands in the mail.
        flowed: Whether a space at the end of a line says that the paragraph goes on (RFC 3676).
        joined: Whether that space goes.
    """
    lines = list(_own_lines(clean_text(raw).text.split("\n")))
    paragraphs = _flowed(lines, joined=joined) if flowed else _unwrapped(lines)
    return "\n".join(filter(None, map(clean_line, paragraphs)))


def forwarded(text: str) -> ForwardedText:
    """The text without the head that a program puts above a mail that is passed on."""
    lines = text.split("\n")
    marks = (number for number, line in enumerate(lines) if FORWARDED.match(line))
    mark = next(marks, None)
    if mark is None:
        return ForwardedText(text)
    fields: dict[str, str] = {}
    at = mark + 1
    while at < len(lines) and (field := FIELD.match(lines[at])):
        fields[field[1].lower()] = clean_line(field[2])
        at += 1
    rest = "\n".join(lines[at:])
    if "from" not in fields or not rest.strip():
        return ForwardedText(text)
    name = re.sub(r"\s*(?:<[^>]*>|\[mailto:[^\]]*\])", "", fields["from"]).strip("\"' ")
    return ForwardedText(rest, name or None, fields.get("subject"))


def _own_lines(lines: list[str]) -> Iterator[str]:
    """Without the signature, and without what is quoted of another mail."""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line == SIGNATURE:
            return
        quoting = following.lstrip().startswith(">")
        if not line.startswith(">") and not (quoting and WROTE.match(line.strip())):
            yield line


def _flowed(lines: list[str], *, joined: bool) -> Iterator[str]:
    paragraph = ""
    for line in lines:
        # A space that was put before ">" or "From" to protect it.
        text = line.removeprefix(" ")
        if text.endswith(" "):
            paragraph += text[:-1] if joined else text
            continue
        yield paragraph + text
        paragraph = ""
    yield paragraph


def _unwrapped(lines: list[str]) -> Iterator[str]:
    """Lines joined where a program broke them: the next word would not have fitted any more."""
    width = max(map(len, lines), default=0)
    if not NARROWEST <= width <= WIDEST:
        yield from lines
        return
    paragraph = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        paragraph = f"{paragraph} {line}" if paragraph else line
        word = following.split()[0] if following.strip() else ""
        if not word or POINT.match(following) or len(line) + 1 + len(word) <= width:
            yield paragraph
            paragraph = ""
