"""An explanation in one of its forms, read back before it is handed out; only English can be read back."""

from __future__ import annotations

from markupsafe import Markup

from explain.marks import plain
from explain.phrases import sentence, spoken
from explain.reading_back.checking import must_add_up
from explain.reading_back.pages import from_html, from_marks
from explain.receipts import Carried
from explain.templating import TextFormat, filled, finished
from explain.views import Document


def back() -> Markup:
    """What leads from the page of a household to the others of its rule book: ever the same, so that it can be verified."""
    return Markup('<p class="eyebrow"><a href="../cases.html">{}</a></p>\n').format(sentence("The households beside these rules"))


def render(document: Document, form: TextFormat, carried: Carried | None = None, *, is_of_site: bool = False) -> str:
    """The document in one of its forms, ending in one line end; `is_of_site` says of a page that it is one of a rule book's."""
    text = filled("explanation", form, doc=document, carried=carried, back=back() if is_of_site else "")
    if spoken().is_own:
        must_add_up(from_html(text) if form == "html" else from_marks(text, form == "md"))
    return finished(text if form == "html" else plain(text), form)
