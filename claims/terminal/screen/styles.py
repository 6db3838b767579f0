"""How styles look: never by colour alone, the brackets and words say the same."""

STYLES = {
    "text": "",
    "claim": "bold underline",
    "speaker": "bold cyan",
    "carrier": "bold magenta",
    "cue": "italic yellow",
    "gutter": "bold",
    "rule": "dim",
    "title": "bold",
    "label": "bold",
    "quiet": "dim",
    "key": "bold",
    "changed": "bold yellow",
    "good": "green",
    "message": "italic",
    "bad": "bold reverse red",
    "typed": "underline",
    "cursor": "reverse",
}
"""Rich styles by name. Colours are the terminal's own sixteen, so that its theme rules."""
