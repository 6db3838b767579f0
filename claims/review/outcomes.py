"""What became of a claim by a decision, in words."""

DECIDED = {
    "accept": "accepted", "reject": "rejected", "later": "put aside",
    "flag": "sent to a second reading", "edit": "changed", "correct": "corrected",
    "withdraw": "withdrawn", "note": "noted", "split": "split", "merge": "merged",
    "keep": "kept as it is", "take": "replaced by the words of the current version",
    "settle": "settled", "add": "added", "dispute": "disputed", "undo": "undone", "redo": "redone",
}  # fmt: skip
"""What an action made of a claim, in words."""

UNCHANGED = "nothing to change: it is already so"

SEALED = "read; your reading is sealed until a second person has read the claim"
