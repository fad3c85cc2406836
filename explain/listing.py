"""Values only, for people: what was asked, then every value worked out on the way, by whose it is."""

from __future__ import annotations

from collections.abc import Sequence

from engine.assessment import Assessment, Step
from engine.cases.schemes import SchemeAsked
from engine.values import refusal_of
from explain.drafts import with_drafts
from explain.phrases import day_words, numbered, sentence
from explain.schemes import headings, without_answers
from explain.telling.other_days import reasons_together
from explain.telling.steps import shown


def readings_taken(assessment: Assessment) -> str:
    """`, with the reading up_to_the_limit`: what is answered under other words of the law than the rules' own says so."""
    names = sorted(assessment.graph.readings)
    if not names:
        return ""
    return numbered(", with the reading {names}", ", with the readings {names}", len(names), names=", ".join(names))


def listing(assessment: Assessment, schemes: Sequence[SchemeAsked] = ()) -> str:
    """Plain text, a line a value; of several schemes the answers of each under its title."""
    lines = [*with_drafts(assessment.graph.drafts, assessment.case.on)]
    titles = headings(assessment, schemes)
    above = None
    for answer in assessment.answers:
        scheme = titles.get(id(answer))
        if scheme is not None and scheme != above:
            lines += ["", scheme] if above or not lines else [scheme]
        above = scheme
        if isinstance(answer, Step):
            value = shown(answer.value, answer)
        else:
            value = answer.exact.words() if answer.exact else sentence("not given")
        title, day = answer.term.title, day_words(assessment.case.on) + readings_taken(assessment)
        if answer.path:
            whose = assessment.world.names[answer.path]
            lines.append(sentence("{title} of {whose} on {day}: {value}", title=title, whose=whose, day=day, value=value))
        else:
            lines.append(sentence("{title} on {day}: {value}", title=title, day=day, value=value))
        refusal = refusal_of(answer.value)
        lines += [f"  {message}" for _, message in reasons_together(refusal.reasons)] if refusal else []
    lines += [line for without in without_answers(assessment, schemes) for line in ("", without)]
    by_path: dict[tuple[str, ...], list[Step]] = {}
    for step in assessment.steps:
        by_path.setdefault(step.path, []).append(step)
    for path in sorted(by_path, key=lambda path: (len(path), path)):
        lines += ["", "/".join(path) or sentence("figures")]
        named = [(assessment.graph.called(step.term), step) for step in by_path[path]]
        width = max(len(name) for name, _ in named)
        lines += [f"  {name:<{width}}  {shown(step.value, step)}" for name, step in named]
    return "\n".join(lines) + "\n"
