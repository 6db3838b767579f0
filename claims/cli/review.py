"""claims review: next, accept, reject."""

import click

from claims.cli.door import fresh_id, open_database, reviewer_name


@click.group()
def review() -> None:
    """Accept or reject claims, each with its ledger row."""


@review.command("next")
def next_claim() -> None:
    """Show the next claim that waits, and what can be done with it."""
    from claims.catalogue.store import load_cards
    from claims.catalogue.trace import draw_trace
    from claims.review.store import load_next

    with open_database() as database, database.reader() as session:
        waiting = load_next(session)
        cards = load_cards(session, [waiting]) if waiting else []
    if not cards:
        click.echo("Nothing waits.")
        return
    for line in draw_trace(cards[0]):
        click.echo(line)
    click.echo(f"\nscore {cards[0].extractor_score:.2f}   rule {cards[0].rule}")
    click.echo(f"claims review accept {cards[0].short_id}")
    click.echo(f'claims review reject {cards[0].short_id} --reason "…"')


def _deciding(action: str) -> click.Command:
    @click.argument("claims", metavar="ID…", nargs=-1, required=True)
    @click.option("--reason", help="Why, in a few words; a rejection needs one.")
    @click.option("--as", "name", help="Who signs; else CLAIMS_REVIEWER, else the system's user.")
    def command(claims: tuple[str, ...], reason: str | None, name: str | None) -> None:
        _decide(action, claims, reason, reviewer_name(name))

    command.__doc__ = f"{action.capitalize()} claims; each decision is a row in the ledger."
    return click.command(action)(command)


review.add_command(_deciding("accept"))
review.add_command(_deciding("reject"))


def _decide(action: str, claims: tuple[str, ...], reason: str | None, name: str) -> None:
    """All claims or none: an id that is wrong leaves the others undecided too."""
    from claims import __version__
    from claims.catalogue.store import find_claim
    from claims.ledger.store import sign_in
    from claims.model.decision import Signature
    from claims.review.store import load_standing, save_decision
    from claims.review.transitions import Action, decide

    lines = []
    with open_database() as database, database.writer() as session:
        reviewer = sign_in(session, name, fresh_id())
        for given in dict.fromkeys(claims):
            standing = load_standing(session, find_claim(session, given))
            signature = Signature(fresh_id(), reviewer, __version__, reason)
            decision = decide(standing, Action(action), signature)
            short = str(standing.claim)[:8]
            if decision is None:
                lines.append(f"{short} is {standing.status} already")
            else:
                number = save_decision(session, decision)
                lines.append(f"{short} {decision.after['status']}, ledger {number}, by {name}")
    for line in lines:
        click.echo(line)
