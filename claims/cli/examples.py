"""An example of each command, which ends its help; a test parses them all."""

from collections.abc import Iterator

import click

EXAMPLES = (
    'claims ingest articles/ --outlet "The Pier"',
    "claims worker --once",
    "claims fetch https://pier.example/feed.xml --limit 20",
    "claims feeds run",
    "claims feeds add https://pier.example/feed.xml --outlet 'The Pier'",
    "claims feeds list",
    "claims feeds remove https://pier.example/feed.xml",
    "claims feeds run --limit 100",
    "claims extract article.txt --published 2026-05-04",
    "claims list --speaker Quill --since 2026-05-01",
    "claims show c150 --context 1",
    "claims trace c150",
    "claims evidence c150",
    "claims evidence show c150",
    "claims evidence export c150 -o c150.warc.gz",
    "claims evidence verify --derive",
    'claims search "oil ties" OR pipeline',
    "claims about harbour --contradictions",
    "claims drift c150",
    "claims spread c150 --format svg",
    "claims documents list --status withdrawn",
    "claims documents show https://pier.example/bridge",
    "claims documents anchor",
    'claims documents withdraw https://pier.example/bridge --reason "made up"',
    'claims documents correct https://pier.example/bridge --reason "the day was wrong"',
    'claims documents restore https://pier.example/bridge --reason "withdrawn by mistake"',
    'claims documents lift-embargo https://pier.example/bridge --reason "released early"',
    'claims documents copy-of 4f2a https://pier.example/bridge --reason "an edited printing"',
    'claims documents own-report 4f2a --reason "our reporter was there"',
    'claims documents origin 4f2a Reuters --reason "its editor said so"',
    "claims compare --all",
    "claims notices list --kind kill",
    "claims notices show 8d1c",
    "claims notices confirm 8d1c",
    'claims notices dismiss 8d1c --reason "it is about another article"',
    "claims links list --kind same_content",
    "claims links show c150 7394",
    "claims links confirm c150 7394 --kind same_words",
    'claims links refuse c150 7394 --reason "said on another day"',
    "claims review links --as Ann",
    "claims versions https://pier.example/bridge",
    "claims diff https://pier.example/bridge 1..2",
    "claims review --speaker Quill --as Ann",
    "claims review accept c150 7394",
    'claims review add --document 4f2a --quote "the ferry will stop" --speaker Quill',
    "claims review agreement",
    "claims review altered list",
    'claims review altered keep c150 --reason "a printer\'s error"',
    "claims review altered take c150",
    "claims review apply decisions.jsonl",
    "claims review correct c150 --speaker Velayati",
    'claims review edit c150 --statement "Oil ties can reach $50 billion."',
    'claims review flag c150 --reason "the speaker is not clear"',
    "claims review keys",
    "claims review later c150",
    "claims review merge c150 7394",
    "claims review next",
    'claims review note c150 --reason "asked the agency"',
    "claims review policy",
    "claims review redo",
    'claims review reject c150 --reason "not a claim"',
    'claims review split c150 --before "and the pier"',
    "claims review undo --decision 12",
    'claims review withdraw c150 --reason "the outlet took it back"',
    "claims problems list --reason bad-date",
    "claims problems show be9d",
    "claims problems resolve be9d",
    'claims sources add "Ada Quill" --kind person --alias "A. Quill"',
    'claims sources alias "Ada Quill" "Mayor Quill"',
    'claims sources distinct "Ada Quill" "Adam Quill"',
    "claims sources import politicians.csv",
    'claims sources link-wikidata "Ada Quill" Q7747',
    "claims sources list quill",
    'claims sources merge "A. Quill" "Ada Quill"',
    'claims sources rate "The Pier" B --why "prints its corrections"',
    "claims sources relink --dry-run",
    'claims sources role "Ada Quill" mayor --from 2024-01-01',
    'claims sources show "Ada Quill"',
    "claims sources suggest",
    'claims sources undistinct "Ada Quill" "Adam Quill"',
    'claims sources unmerge "A. Quill"',
    'claims who "Ada Quill" --since 2026-05-01',
    "claims reviewers list",
    "claims reviewers add Ann",
    "claims reviewers close Ann",
    'claims reviewers rename Ann "Ann Other"',
    "claims desk --port 8400",
    "claims desk publish site --address https://claims.example",
    "claims users list",
    "claims users add Ann --role admin --no-password",
    "claims users passwd Ann --no-password",
    "claims users roles Ann adjudicator",
    "claims users remove Ann",
    "claims tokens list",
    "claims tokens add dashboard --days 365",
    "claims tokens revoke dashboard",
    "claims ledger show --claim c150",
    "claims ledger verify",
    "claims ledger export -o ledger.jsonl",
    "claims export --format csv -o claims.csv",
    "claims import everything.jsonl",
    "claims backup claims.dump",
    "claims restore claims.dump",
    'claims release create spring --note "for the yearbook"',
    "claims release diff spring now",
    "claims release list",
    "claims release show spring",
    "claims contract check",
    "claims db status",
    "claims db grant-reader dashboard",
    "claims db grant-writer ann",
    "claims db init",
    "claims db separate",
    "claims db start",
    "claims db stop",
    "claims db upgrade",
    "claims demo",
)


def with_example(command: click.Command, path: tuple[str, ...]) -> click.Command:
    """The command, and all below it if it is a group, with an example at the end of its help."""
    example = next(_examples_of(command, path), None)
    if example and example not in (command.epilog or ""):
        command.epilog = "\n\n".join(filter(None, (command.epilog, f"\b\nExample:\n  {example}")))
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            with_example(below, (*path, name))
    return command


def _examples_of(command: click.Command, path: tuple[str, ...]) -> Iterator[str]:
    """The examples that begin with the words of a command; of a group that runs, its own first."""
    # The names of commands hold no quotation marks: reading as a shell does is slow and not needed.
    begun = [one for one in EXAMPLES if one.split()[1 : len(path) + 1] == [*path]]
    below = command.commands if isinstance(command, click.Group) else {}
    own = [one for one in begun if (*one.split(), "")[len(path) + 1] not in below]
    yield from own
    yield from begun
