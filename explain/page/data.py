"""What stands beside an award, as data: what of the law is not encoded, what has to be reported, and how to challenge it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.assessment import Assessment
from engine.book.law import Citation
from explain.marks import plain
from explain.page.gaps import gaps
from explain.page.rights import challenges_of, duties_of
from explain.telling.numbers import Numbers

Data = dict[str, Any]


def beside(assessment: Assessment, numbers: Numbers) -> Data:
    """The key `beside` of an explanation (jurat/schemas/assessment.v1.json); steps by their numbers."""
    found = gaps(assessment, numbers, ())
    return {
        "touching": [{"place": gap.place, "why": gap.why, "steps": list(gap.steps)} for gap in found.touching],
        "not_touching": [
            {"place": gap.place, "why": gap.why, "because": plain(gap.not_here), "steps": list(gap.steps)} for gap in found.aside
        ],
        "duties": [
            {
                "title": duty.title,
                "to": duty.to,
                "limit": duty.limit,
                "facts": list(duty.facts),
                "others": list(duty.others),
                "also": list(duty.also),
                "citations": citations_data(duty.cites),
            }
            for duty in duties_of(assessment)
        ],
        "challenges": [
            {
                "title": way.title,
                "to": way.to,
                "limit": way.limit,
                "giving": way.giving,
                "notes": list(way.notes),
                "citations": citations_data(way.cites),
            }
            for way in challenges_of(assessment)
        ],
    }


def citations_data(cites: Iterable[Citation]) -> list[Data]:
    """Places in the law, as a reader would look them up."""
    return [{"instrument": cite.instrument, "text": cite.text, "link": cite.link} for cite in cites]
