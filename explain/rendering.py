"""An explanation in one of its forms, read back before it is handed out."""

from __future__ import annotations

from markupsafe import Markup

from explain.marks import plain
from explain.reading_back.checking import must_add_up
from explain.reading_back.pages import from_html, from_marks
from explain.receipts import Carried
from explain.templating import TextFormat, filled, finished
from explain.views import Document

BACK = '<p class="eyebrow"><a href="../cases.html">The households beside these rules</a></p>\n'
"""What leads from the page of a household to the others of its rule book: ever the same, so that it can be verified."""


def render(document: Document, form: TextFormat, carried: Carried | None = None, *, is_of_site: bool = False) -> str:
    """The document in one of its forms, ending in one line end; `is_of_site` says of a page that it is one of a rule book's."""
    back = Markup(BACK if is_of_site else "")  # noqa: S704  (ours, as it stands above)
    text = filled("explanation", form, doc=document, carried=carried, back=back)
    must_add_up(from_html(text) if form == "html" else from_marks(text, form == "md"))
    return finished(text if form == "html" else plain(text), form)
