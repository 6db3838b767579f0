"""Lists of quotations without their articles: sheets, Quotebank, GDELT's quotation graph."""
