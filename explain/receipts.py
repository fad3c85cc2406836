"""What an explanation carries of the question and the case, so that whoever holds it can have it worked out again."""

from __future__ import annotations

import json
from shlex import quote
from typing import Any

from attrs import asdict, frozen

from engine.assessment import Assessment
from engine.receipts import Receipt
from explain.views import Reader


@frozen
class Carried:
    """The same as an HTML page shows it: the command to type, the question and the case as inert text."""

    command: str
    question: str
    case: str

    @classmethod
    def of(cls, receipt: Receipt, assessment: Assessment, reader: Reader) -> Carried:
        is_json = receipt.case.lstrip()[:1] == "{"
        data = question_data(receipt, assessment, reader)
        return cls(_command(receipt, is_json, reader), json.dumps(data, ensure_ascii=False, indent=1), receipt.case)


def question_data(receipt: Receipt, assessment: Assessment, reader: Reader) -> dict[str, Any]:
    """The question, the digests of the law, and of each rule that a step rests on."""
    rules = {step.term.identity: f"sha256:{step.term.effect}" for step in assessment.steps}
    data: dict[str, Any] = asdict(receipt.asked)
    return {**data, "for": reader, "effect": assessment.graph.effect, "law": assessment.graph.law, "rules": rules}


def _command(receipt: Receipt, is_json: bool, reader: Reader) -> str:
    """What to type, with the case saved in a file; names are quoted as a shell wants them."""
    asked = receipt.asked
    words = ["jurat", "explain", "case.json" if is_json else "case.case", "--on", asked.on]
    words += ["--known", asked.known] if asked.known else []
    for option, values in (("--of", asked.of), ("--reading", asked.readings), ("--with", asked.drafts)):
        for value in values:
            words += [option, quote(value)]
    words += ["--schemes", quote(",".join(asked.schemes))] if asked.schemes is not None else []
    words += ["--strict"] if asked.strict else []
    words += ["--for", reader] if reader != "officer" else []
    return " ".join([*words, "--format", "html", "-o", "page.html"])
