"""A fragment of HTML becomes the text that a reader of it sees, and nothing else."""

import pytest

from claims.readers.html_text import text_of_fragment


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        # Without any element, and with text between them.
        ("The ferry is late.", "The ferry is late."),
        ("Fish &amp; chips<p>sold out</p>by noon", "Fish & chips\nsold out\nby noon"),
        # Quotation marks that browsers print for <q>, by language; not twice.
        ("<p>He said <q>we go</q>.</p>", "He said “we go”."),
        ("<p><q>She said <q>no</q> twice</q></p>", "“She said ‘no’ twice”"),
        ("<p lang='de-AT'>Er sagte <q>Ja</q>.</p>", "Er sagte „Ja“."),
        ("<p lang='fr'>Il dit <q>oui</q>.</p>", "Il dit « oui »."),
        ("<p><q>“We go”</q></p>", "“We go”"),
        # Signs of notes never become digits of a number.
        ("<p>It cost 40<sup><a href='#n1'>1</a></sup> euros.</p>", "It cost 40 euros."),
        ("<p>It cost 40<a href='#n1'><sup>1</sup></a> euros.</p>", "It cost 40 euros."),
        ("<p>The agency<sup>2</sup> agreed.<sup>12</sup></p>", "The agency agreed."),
        ("<p>Up to 10<sup>6</sup> cells</p>", "Up to 10 6 cells"),
        ("<p>the 1<sup>st</sup> of May, 3 m<sup>2</sup></p>", "the 1st of May, 3 m2"),
        ("<p>CO<sub>2</sub></p>", "CO2"),
        # One break, two breaks, a break within a sentence.
        ("<p>Rain fell.<br>The roof held.</p>", "Rain fell.\nThe roof held."),
        ("<p>Rain fell<br><br>again<br/> <br/>today</p>", "Rain fell\nagain\ntoday"),
        ("<p>Rain fell on the<br>\nold roof.</p>", "Rain fell on the old roof."),
        # Inline elements neither join words nor split them.
        (
            "<p><b>W</b>hen it <i>rain</i>s, <a href='/x'>stay</a>\n<em>in</em></p>",
            "When it rains, stay in",
        ),
        ("<p>har<wbr>bour, har\u00adbour</p>", "harbour, har\u00adbour"),
        ("<p>10&nbsp;km&#8239;away</p>", "10 km away"),
        # Each of these is a paragraph.
        ("<ul><li>One<li>Two<ul><li>Three</ul></ul>", "One\nTwo\nThree"),
        ("<blockquote>Said<footer>Ada Quill</footer></blockquote>so", "Said\nAda Quill\nso"),
        ("<h2>Roof</h2>It leaks.", "Roof\nIt leaks."),
        ("<table><tr><th>Pier<th>Feet<tr><td>Old<td>40</table>", "Pier\tFeet\nOld\t40"),
        ("<dl><dt>Pier<dd>A bridge to nowhere</dl>", "Pier\nA bridge to nowhere"),
        ("<div>a<div>b<p>c</p>d</div>e</div>", "a\nb\nc\nd\ne"),
        # What nobody sees.
        ("a<script>x</script><style>y</style><template>z</template><noscript>w</noscript>b", "ab"),
        ("a <span hidden>x</span><p style='display: none'>y</p><i aria-hidden='true'>z</i>", "a"),
        ("<span aria-hidden='true'>T</span><span class='sr-only'>The</span> end", "The end"),
        ("<p>a</p><!-- x --><?php y ?><p>b</p>", "a\nb"),
        # Furniture by kind.
        ("<p>The roof held.</p><div class='share-bar'>Share</div>", "The roof held."),
        ("<figure><img><figcaption>The roof</figcaption></figure><p>It held.</p>", "It held."),
        ("<p>It held.</p><aside class='related-stories'>Sold</aside>", "It held."),
    ],
)
def test_the_text_is_what_a_reader_sees(fragment: str, text: str) -> None:
    assert text_of_fragment(fragment) == text


def test_an_article_that_is_named_like_furniture_is_an_article() -> None:
    page = "<div class='comment-area'><p>The mayor said the roof was safe.</p></div><p>By us</p>"
    assert text_of_fragment(page) == "The mayor said the roof was safe.\nBy us"


def test_bytes_are_decoded_as_declared_or_as_they_must_be() -> None:
    assert text_of_fragment("<p>Inês</p>".encode()) == "Inês"
    assert text_of_fragment("<p>Inês</p>".encode("cp1252")) == "Inês"
    assert text_of_fragment("<p>Пирс</p>".encode("koi8-r"), charset="koi8-r") == "Пирс"


@pytest.mark.parametrize("fragment", ["", " ", b"", "<", "<!-- -->", "<p></p>", "\0", "<script>x"])
def test_nothing_gives_nothing(fragment: str | bytes) -> None:
    assert text_of_fragment(fragment).strip("\ufffd<") == ""
