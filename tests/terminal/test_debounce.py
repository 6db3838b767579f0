"""Keys that nobody meant do not decide."""

from claims.terminal.keys.debounce import Debounce, Verdict


def test_a_card_must_have_been_seen() -> None:
    assert Debounce().judge(5.0) is Verdict.TOO_SOON
    assert Debounce(shown_at=5.0).judge(5.1) is Verdict.TOO_SOON
    assert Debounce(shown_at=5.0).judge(5.2) is Verdict.COUNTS


def test_thirty_repeats_of_a_held_key_decide_once() -> None:
    debounce = Debounce(shown_at=0.0)
    counted = 0
    for repeat in range(30):
        at = 1.0 + 0.025 * repeat
        if debounce.judge(at) is Verdict.COUNTS:
            counted += 1
            debounce.shown_at = at + 0.02
    assert counted == 1


def test_more_than_eight_in_a_second_stop() -> None:
    debounce = Debounce(shown_at=0.0)
    verdicts = [debounce.judge(1.0 + 0.11 * press) for press in range(9)]
    assert verdicts[-1] is Verdict.TOO_MANY
    debounce.calm()
    assert debounce.judge(2.2) is Verdict.COUNTS


def test_a_quick_reader_is_not_held_up() -> None:
    debounce = Debounce(shown_at=0.0)
    for press in range(20):
        at = 1.0 + 0.2 * press
        assert debounce.judge(at) is Verdict.COUNTS
        debounce.shown_at = at + 0.03
