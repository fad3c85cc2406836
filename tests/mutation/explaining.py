"""What is changed in how things are told: pages, letters, curves, catalogues, advice on words, the documentation of rules."""

from __future__ import annotations

ADDS_UP = "tests/test_adds_up.py tests/test_lines_read_back.py"
PAGE = "tests/test_page.py tests/test_nothing.py"
LETTER = "tests/test_letter.py"
VERIFY = "tests/test_verify.py"
COMPARING = "tests/test_comparing.py"
CURVES = "tests/test_curves.py tests/test_thresholds.py"
CURVE_PAGE = "tests/test_curve_command.py"
LANGUAGES = "tests/test_values_in_languages.py tests/test_languages.py"
PHRASES = "tests/test_phrases.py"
PLAIN = "tests/test_plain_language.py tests/test_plain_sentences.py"
AGES = "tests/test_reading_ages.py"
SITE = "tests/test_site.py tests/test_site_on_disc.py"
NOTICES = "tests/test_notices.py"
WORDS = "tests/test_explanation.py"

EXPLAINING: list[tuple[str, str, str, str]] = [
    # what is read back
    ("explain/reading_back/checking.py", "if step is None or step.value != head.value:", "if step is None:", ADDS_UP),
    ("explain/reading_back/checking.py", "if not agree(sum_of, printed(total)):", "if False:", ADDS_UP),
    ("explain/reading_back/checking.py", "self.wrong += [f\"{why}, in: {plain(text)}\" for why in line.wrong]", "", ADDS_UP),
    ("explain/reading_back/days.py", "if start.day <= most:", "if start.day < most:", "tests/test_lines_read_back.py"),
    ("explain/reading_back/days.py", "number * months % 12 + 1, 1)\n    following", "number * months % 12 + 1, 2)\n    following", ADDS_UP),
    ("explain/marks.py", "str(escape(text))", "str(text)", WORDS),
    ("explain/rendering.py", "must_add_up(from_html(text) if form == \"html\" else from_marks(text, form == \"md\"))", "pass", ADDS_UP),
    # what a page says
    ("explain/page/nesting.py", "own = [waiting.pop(number) for", "own = [waiting[number] for", PAGE),
    ("explain/page/nesting.py", "tuple(sorted(found, key=lambda one: one.number))", "tuple(found)", PAGE),
    ("explain/page/waterfall.py", "running = reach[-1][1]", "running = value", PAGE),
    ("explain/page/adding.py", "                if change:\n", "                if change > 10_000:\n", PAGE),
    ("explain/page/adding.py", "value=-part.value, adds=not part.adds", "value=part.value, adds=not part.adds", "tests/test_letter.py"),
    ("explain/page/changes.py", "before, place = self._answer(threshold.before)", "before, place = self._answer(threshold.found)", PAGE),
    ("explain/page/changes.py", "abs(found.at - given.at)", "found.at - given.at", PAGE),
    ("explain/page/changes.py", "abs(one.rate), one.curve.term.type", "abs(one.rate) * 2, one.curve.term.type", PAGE),
    ("explain/page/gaps.py", "step.frame.cells[condition.index] is False", "step.frame.cells[condition.index] is True", PAGE),
    ("explain/page/relying.py", "tuple(sorted(by[place]))", "tuple(by[place][:1])", WORDS),
    ("explain/telling/nothing.py", "told_whole = _is_nothing(step)", "told_whole = False", PAGE),
    ("explain/telling/nothing.py", "yield from _so(frame, arg, not yes)", "yield from _so(frame, arg, yes)", PAGE),
    ("engine/margins.py", "too_low = node.detail[0] in (\">\", \">=\")", "too_low = node.detail[0] in (\"<\", \"<=\")", WORDS),
    ("engine/margins.py", "left * (scale // one.scale)", "left", WORDS),
    # the letter
    ("explain/letter/letter.py", "if part.value > 0 else \"less\"", "if part.value < 0 else \"less\"", LETTER),
    ("explain/letter/letter.py", "for part in found.parts if part.value > 0]", "for part in found.parts[1:] if part.value > 0]", LETTER),
    ("explain/letter/changes.py", "if one.is_any or one.rate:", "if one.is_any and one.rate:", "tests/test_letter_says.py"),
    # what is carried
    ("jurat/verifying.py", "before.get(name) != now.get(name)", "name not in now", VERIFY),
    ("jurat/verifying.py", "if shown != again.question[digest]:", "if False:", VERIFY),
    ("jurat/verifying.py", "    if before.heads != now.heads:", "    if False:", VERIFY),
    ("jurat/verifying.py", '        return printed.text.replace(back(), "", 1) == again.text', "        return True", VERIFY),
    # two sides
    ("explain/comparing/marking.py", "[Piece(\"\".join(other[a:b]), what != \"equal\")", "[Piece(\"\".join(other[a:b]), what == \"insert\")", COMPARING),
    ("explain/comparing/households.py", "if is_same:\n", "if not is_same:\n", COMPARING),
    ("engine/comparing/notices.py", "_meaning(before, one) != _meaning(after, other)", "one.text != other.text", NOTICES),
    # along one fact
    ("engine/varying/linear.py", "return 0 if self.is_point else _sign(slope)", "return 0", CURVES),
    ("engine/varying/linear.py", "abs(at) < doubt", "abs(at) < doubt / 4", CURVES),
    ("engine/varying/pieces.py", "<= sum(self.off.values())", "< sum(self.off.values())", CURVES),
    ("engine/varying/steps.py", "return step < (Fraction(1, 100) if", "return step <= (Fraction(1, 100) if", CURVES),
    ("engine/varying/steps.py", "Fraction(count // 2 if mode in", "Fraction(count // 4 if mode in", CURVES),
    ("engine/varying/along.py", "(high is not None and value > high)):\n        return value", "(high is not None and value >= high)):\n        return value", CURVES),
    ("engine/varying/days.py", "changed - restless or changed", "changed", "tests/test_curves_of_days.py"),
    ("engine/varying/thresholds.py", "elif turn.is_jump and near is not None and near.holds(turn.at):", "elif False:", f"{CURVES} tests/test_page.py"),
    ("engine/varying/thresholds.py", "if is_given and use.fact is None:", "if False:", CURVES),
    ("engine/varying/kinds.py", "return before is None or before != after", "return before != after", CURVES),
    ("explain/curves/picture.py", "if run and (here is None or run[-1] != (piece.low, here)):", "if run and here is None:", CURVE_PAGE),
    ("explain/curves/curve.py", "if after.at(turn.at) == 0 and not after.rate:", "if False:", CURVE_PAGE),
    # other languages
    ("explain/tongue.py", "if day.day == 1 else str(day.day)", "if day.day == 0 else str(day.day)", LANGUAGES),
    ("explain/tongue.py", "text = self.say(per, amount=text) if per else", "text = text if per else", LANGUAGES),
    ("explain/tongue.py", "is_one_month = (first.year, first.month) == (last.year, last.month)", "is_one_month = first.month == last.month", LANGUAGES),
    # words of the writers
    ("engine/plain/sentences.py", "return colon + 1 + max(items) if is_list", "return colon + 1 + sum(items) if is_list", PLAIN),
    ("engine/plain/sentences.py", "if best is None else min(best, found)", "if best is None else best", PLAIN),
    ("engine/plain/forms.py", "if head.endswith(\"y\") and head[-2:-1] not in \"aeiou\":", "if head.endswith(\"y\"):", PLAIN),
    ("engine/plain/forms.py", "listed.sort(key=lambda entry: -len(entry[0]))", "listed.sort(key=lambda entry: len(entry[0]))", PLAIN),
    ("engine/plain/terms.py", "if piece.words in told or piece.words.lower() in told:", "if False:", PLAIN),
    ("engine/plain/remarks.py", "if count > MOST_OF_A_TITLE:", "if count >= MOST_OF_A_TITLE:", PLAIN),
    ("engine/plain/remarks.py", "if length(words) <= MOST_WORDS:", "if length(words) < MOST_WORDS:", PLAIN),
    ("engine/plain/ages.py", "(2 * age.numerator + age.denominator)", "(2 * age.numerator)", AGES),
    ("engine/plain/syllables.py", "(r\"[^aeiouy]e$\", -1),", "(r\"[^aeiouy]e$\", 0),", AGES),
    ("engine/plain/texts.py", "of.kind not in _FOR_TESTS and", "", PLAIN),
    # the documentation of the rules
    ("explain/site/linking.py", "or key == but else", "else", SITE),
    ("explain/site/linking.py", "if address is None or _NAMES_A_PART", "if address is None or address and False and _NAMES_A_PART", SITE),
    ("explain/site/addresses.py", "'../' if above else ''", "''", SITE),
    ("explain/site/addresses.py", "and not _DEVICES.fullmatch(kept)", "", SITE),
    ("explain/site/law.py", "anchor=told.addresses.provisions[name, place.text].partition(\"#\")[2]", "anchor=place.text", SITE),
    ("jurat/site.py", "if sha256(path.read_bytes()).hexdigest() != digest:", "if False:", SITE),
    # what is told beside an award
    ("engine/notices.py", "if not schemes or _scheme(law, name) in schemes:", "if True:", NOTICES),
    ("engine/notices.py", "facts=tuple(use for use in assessment.facts if use.term.name in names)", "facts=assessment.facts", NOTICES),
    ("engine/notices.py", "if not any(word.name in waiting for word in _after(found[name]))]", "]", NOTICES),
]  # fmt: skip
"""File, what it says, what it shall say, which tests must notice."""
