"""Long books with many amendments: each changes rates, words of rules, exceptions and rows, as known when it was made."""

from __future__ import annotations

OPERATIONS = 5
"""Of each amendment."""
FILE_PROVISIONS = 400
FIRST_YEAR = 1950

HEAD = """instrument principal "Principal Order"
  made 1 January 1940
  commences 1 January 1940
entity person
input pay of person "Pay" : £ a week
  default £1 per week
"""


def provision(number: int) -> str:
    """A figure, a rule with an exception, or a table."""
    match number % 4:
        case 0 | 1:
            return f'figure f{number} "F {number}" : £ a week\n  £1 per week from 1 January 1940\n'
        case 2:
            return (
                f'rule r{number} of person "R {number}" : £ a week\n  is pay + f{number - 1} + £1 per week\n'
                "  except high: £2 per week when pay > £1,000 per week\n"
            )
    return (
        f'table t{number} of person "T {number}" : £ a week\n  by pay\n  row low: £9 per week or under gives £1 per week\n'
        "  row high: over £9 per week gives £2 per week\n"
    )


def operation(number: int, now: dict[int, int]) -> str:
    """What changes a provision once more: the amount that stands there becomes one more."""
    old = now.get(number, 1)
    now[number] = old + 1
    amounts = f"for £{old} per week substitute £{old + 1} per week"
    match number % 4:
        case 0 | 1:
            return f"in f{number} {amounts}\n"
        case 2:
            return f"in r{number} exception high for £{old + 1} per week substitute £{old + 2} per week\n"
    return f"in t{number} row low {amounts}\n"


def amended_book(provisions: int, amendments: int) -> list[str]:
    """The texts of the files: provisions, then amendments, one a quarter of a year."""
    own = [provision(number) for number in range(provisions)]
    texts = [HEAD, *(
        "instrument principal continued\n" + "".join(own[start : start + FILE_PROVISIONS])
        for start in range(0, provisions, FILE_PROVISIONS)
    )]  # fmt: skip
    now: dict[int, int] = {}
    for number in range(amendments):
        year, quarter = divmod(number, 4)
        day = f"{FIRST_YEAR + year}"
        head = (
            f'amendment change_{number} "Change {number}"\n  amends principal\n'
            f"  made 1 {('January', 'April', 'July', 'October')[quarter]} {day}\n"
            f"  commences 2 {('February', 'May', 'August', 'November')[quarter]} {day}\n"
        )
        does = [operation((number * OPERATIONS + each) * 7 % provisions, now) for each in range(OPERATIONS)]
        texts.append(head + "".join(dict.fromkeys(does)))
    return texts
