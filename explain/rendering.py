"""An explanation in one of its forms, read back before it is handed out; only English can be read back."""

from __future__ import annotations

from explain.marks import plain
from explain.phrases import spoken
from explain.reading_back.checking import must_add_up
from explain.reading_back.pages import from_html, from_marks
from explain.receipts import Carried
from explain.templating import TextFormat, filled, finished
from explain.views import Document


def render(document: Document, form: TextFormat, carried: Carried | None = None) -> str:
    """The document in one of its forms, ending in one line end."""
    text = filled("explanation", form, doc=document, carried=carried)
    if spoken().is_own:
        must_add_up(from_html(text) if form == "html" else from_marks(text, form == "md"))
    return finished(text if form == "html" else plain(text), form)
