"""Lines of a page that are not the article: invitations to read, subscribe or share, credits."""

import re
from importlib.resources import files

SHORT, LONG = 140, 320
"""Code points. A credit is a short line; an invitation may have two sentences."""

LINKED = 0.4
"""Share of a line in links above which it leads away; a line of speech needs to be half a link."""
BRIEF, CURT = 60, 25
"""Code points. A line as short as BRIEF that is no sentence, or as CURT, only announces a link."""


def _pattern(section: str) -> re.Pattern[str]:
    """How the lines of a section of lexicons/furniture.txt begin."""
    text = files("claims.readers").joinpath("lexicons", "furniture.txt").read_text("utf-8")
    _, _, rest = text.partition(f"[{section}]\n")
    lines = rest.partition("\n[")[0].split("\n")
    phrases = [line for line in lines if line and not line.startswith("#")]
    return re.compile(rf"[\W_]*(?:{'|'.join(phrases)})", re.IGNORECASE)


_LEADS = _pattern("leads")
_INVITATIONS = _pattern("invitations")
_CREDITS = _pattern("credits")
_STAMPS = re.compile(
    r"[\W_]*(?:"
    r"(?:first |last )?(?:published|posted|updated|modified|created|"
    r"veröffentlicht|veröffentlichung|"
    r"aktualisiert|stand|erstellt|publié|mis à jour|"
    r"publicado|actualizado|pubblicato|opublikowano)\b"
    r"[^.!?]{0,12}\d.{0,40}"
    r"|\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\.?)?"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}(?:,? +\d{1,2}[:.]\d{2})?"
    r"|\d+ min(?:ute)?s? read|(?:lesezeit|reading time|lesedauer).{0,20}"
    r")\W*",
    re.IGNORECASE,
)
_SPEECH = re.compile(r"[“”„«»\"]")


def is_furniture(text: str, link_share: float) -> bool:
    """Whether a line, by its words and links, invites, credits or dates instead of telling.

    Args:
        text: A paragraph.
        link_share: The share of its code points that stand in links.
    """
    if len(text) > LONG:
        return False
    if len(text) <= SHORT and (_CREDITS.match(text) or _STAMPS.fullmatch(text)):
        return True
    if _SPEECH.search(text) and link_share <= LINKED:
        return False
    return bool(_INVITATIONS.match(text) or (_LEADS.match(text) and _leads_away(text, link_share)))


def _leads_away(text: str, link_share: float) -> bool:
    """Whether it is little more than a link, or announces links below it."""
    if link_share > LINKED or len(text) < CURT or text.rstrip().endswith(":"):
        return True
    return len(text) < BRIEF and not text.rstrip().endswith((".", "!"))
