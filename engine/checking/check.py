"""The book in force to the graph: names found, types and units checked, circles refused, scales and ranges proved."""

from __future__ import annotations

from attrs import evolve

from engine import digest, types
from engine.book.consolidate import Book, InForce, NotInForce
from engine.book.law import Law, Provision, kind_of
from engine.book.schemes import EVERYONE
from engine.checking.clashes import check_cases
from engine.checking.earlier import Earlier, Made, says
from engine.checking.entities import has_entity
from engine.checking.formulas import FormulaBuilder
from engine.checking.naming import Names
from engine.checking.notices import check_notices
from engine.checking.order import ordered
from engine.checking.provisions import affected_formula, figure_formula, rule_formula, zero
from engine.checking.refusing import check_refused, refusing
from engine.checking.scales import scale_formula
from engine.checking.sentences import check_sentences
from engine.checking.standing import check_payment, check_standing
from engine.checking.tables import table_formula
from engine.checking.vocabulary import InputType, Vocabulary, has_type, vocabulary
from engine.graph import Checked, Graph, Term
from engine.later import Later
from engine.mechanisms import groups
from engine.mechanisms.base import Scope
from engine.mechanisms.reads import number
from engine.nodes import Formula, Node
from engine.types import Type
from grammar import declarations as d
from grammar import syntax
from grammar.problems import Problem, in_order


def check(book: Book, with_cases: bool = True, earlier: Earlier | None = None) -> Checked:
    """The graph of a book, and every problem in it. A term with a problem fits everywhere, so that one mistake is told once.

    Whether exceptions clash is found by working households out; without `with_cases` it is left open. `earlier` holds what was
    made of the same law on other days: what stands unchanged, on what stands unchanged, is not made again.
    """
    earlier = earlier or Earlier()
    problems: list[Problem] = []
    terms: list[Term] = []
    made_of = Later(lambda: book)
    if earlier.words is None:
        earlier.words = vocabulary(book.law, earlier.problems)
        inputs = sorted(earlier.words.inputs.values(), key=lambda item: item.name)
        earlier.inputs = tuple(_input(item, earlier.words, index, book, made_of) for index, item in enumerate(inputs))
    words = earlier.words
    problems += earlier.problems
    names = Names(book, made_of, words, {})
    for term in earlier.inputs:
        _add(term, names, terms)
    for name in ordered(book, problems):
        follows_from = says(name, names)
        made = earlier.made.get(follows_from)
        if made is None:
            before = len(problems)  # the list itself goes on: after very many mistakes no spelling is looked for any more
            found = _term(name, names, problems)
            made = Made(found, tuple(problems[before:]), name in names.broken, book.in_force.get(name))
            earlier.made[follows_from] = made
        else:
            problems += made.problems
        if made.is_broken:
            names.broken.add(name)
        if made.term is not None:
            _add(made.term, names, terms)
    check_standing(names, problems)
    check_notices(book, problems)
    told = tuple(map(digest.notice, book.notices.values()))
    graph = Graph(book.on, book.known, book.readings, made_of, words, tuple(terms), told, book.law.looked_at)
    if with_cases:
        problems += check_cases(graph, names.broken, earlier)
    return Checked(graph, tuple(in_order(problems)))


def _term(name: str, names: Names, problems: list[Problem]) -> Term | None:
    """A provision with its digests; None where what it names is not there."""
    law = names.book.law
    provision = law.provisions[name]
    if not _is_sound(provision, law, problems):
        return None
    term = _provision(provision, names, len(names.in_order), problems)
    effect = digest.provision_effect(term, names.in_order)
    at_all_times = law.ever.digest(name, names.book.known) if name in law.ever.all_looked_at else ""
    return evolve(term, effect=effect, law=digest.digest(effect, digest.words(term)), at_all_times=at_all_times)


def _add(term: Term, names: Names, terms: list[Term]) -> None:
    terms.append(term)
    names.in_order.append(term)
    names.terms[term.name] = term


def _input(item: InputType, words: Vocabulary, index: int, book: Book, made_of: Later[Book]) -> Term:
    effect = digest.input_effect(words.keys.permanent(item.name), item, words.choices.get(item.type.choice or "", ()))
    instrument, names = book.law.input_instruments[item.name], book.law.keys.permanent
    said = digest.digest(effect, item.title, item.cites)
    return Term(
        index=index,
        kind="input",
        name=item.name,
        title=item.title,
        identity=f"{names(instrument or '')}:{names(item.name)}",
        entity=item.entity,
        type=item.type,
        span=item.span,
        scale=item.scale,
        low=item.low,
        high=item.high,
        declared_low=item.low,
        declared_high=item.high,
        default=item.default,
        made_of=made_of,
        effect=effect,
        law=said,
        at_all_times=effect,
    )


def _is_sound(provision: Provision, law: Law, problems: list[Problem]) -> bool:
    """Whether the entity and the type that a provision names are there."""
    head = provision.declared
    sound = True
    of = getattr(head, "of", None)
    if of is not None and of.name != EVERYONE and not has_entity(of, law, provision.name, problems):
        sound = False
    if not isinstance(head, d.Group):
        sound = has_type(head.type, law, provision.name, problems) and sound
    return sound


def _provision(provision: Provision, names: Names, index: int, problems: list[Problem]) -> Term:
    head = provision.declared
    in_force = names.book.in_force.get(provision.name)
    entity = _entity(head)
    type_ = types.MEMBERS if isinstance(head, d.Group) else types.declared(head.type)
    short_months = in_force.instrument.short_months if in_force and in_force.instrument else None
    scope = Scope(entity, provision.name, head.title, provision.citation, problems, short_months)
    scope.refusing = refusing(provision, names.book)
    before = len(problems)
    formula = _formula(provision, in_force, scope, names, type_)
    broken = formula.root.type is types.UNKNOWN or any(problem.is_error for problem in problems[before:])
    if in_force is not None and not broken:
        check_refused(provision, in_force, scope, formula, names.book)
        check_sentences(in_force, formula, scope, names)
    if broken:
        names.broken.add(provision.name)
    root = formula.root
    # Whatever needs law that is not encoded is refused with it, so no range of it can be wrong; 1 keeps every range defined.
    low, high = (1, 1) if root.mechanism == "not encoded" and type_.is_number else (root.low, root.high)
    if isinstance(head, d.Rule | d.Table):
        check_payment(head, scope, type_)
    bounds = _bounds(head, scope, type_, root.scale) if isinstance(head, d.Rule | d.Table) else (None, None)
    if bounds[0] is not None:
        low = bounds[0] if low is None else max(low, bounds[0])
    if bounds[1] is not None:
        high = bounds[1] if high is None else min(high, bounds[1])
    payable = head.payable if isinstance(head, d.Rule | d.Table) else None
    if payable and in_force and not broken and type_.is_money and (low is None or low < 0):
        scope.problem(
            "award-below-zero",
            f"`{head.name}` is paid, and nothing keeps it from falling below zero.",
            head.name_span,
            "is paid",
            f"End its value, before any `when`, with `, but not less than {zero(type_)}`; or say its `range`.",
            warning=True,
        )
    unknown_figure = root.mechanism == "not encoded" and isinstance(head, d.Figure)
    return Term(
        index=index,
        kind=kind_of(head),
        name=provision.name,
        title=head.title,
        identity=provision.identity,
        entity=entity,
        type=types.TEXT if isinstance(head, d.Scale) else type_,
        span=head.name_span,
        scale=root.scale,
        low=low,
        high=high,
        declared_low=bounds[0],
        declared_high=bounds[1],
        # Whoever divides by a figure that is not encoded is refused with it; 1 keeps the scale of that rule defined.
        constant=1 if unknown_figure else root.constant if isinstance(head, d.Figure) else None,
        formula=formula,
        authority=in_force.authority if in_force else None,
        made_of=names.made_of,
        payable=payable,
    )


def _entity(head: d.Provision) -> str | None:
    """Whose term it is; None for what is the same for everyone."""
    of: syntax.Word | None = getattr(head, "of", None)
    return None if of is None or of.name == EVERYONE else of.name


def _formula(provision: Provision, in_force: InForce | None, scope: Scope, names: Names, type_: Type) -> Formula:
    if in_force is None:
        absent = names.book.absent[provision.name]
        return scope.formula(_not_in_force(absent, scope, type_, names))
    match provision.head, in_force.text:
        case d.Figure(), d.Dated() as dated:
            return scope.formula(figure_formula(scope, names, dated, type_))
        case d.Rule(), d.Version() as version:
            root = rule_formula(scope, names, in_force, version, type_)
            return scope.formula(affected_formula(scope, names, in_force, root))
        case d.Table(), d.TableVersion() as version:
            root = table_formula(scope, names, in_force, version, type_)
            return scope.formula(affected_formula(scope, names, in_force, root))
        case d.Scale(), d.ScaleVersion() as version:
            return scope.formula(scale_formula(scope, names, version, type_))
        case d.Group() as head, _:
            over = syntax.Members(head.over.name, head.condition, span=head.over.span)
            found = FormulaBuilder(names, scope).members(over)
            return scope.formula(groups.group(scope, found, head.span) if found else scope.unknown(head.span))
    raise AssertionError(provision.kind)


def _not_in_force(absent: NotInForce, scope: Scope, type_: Type, names: Names) -> Node:
    message = f"{scope.title} has no version in force on {{day}}. {absent.nearest}"
    why = f"{scope.title} has no version in force. {absent.nearest}"
    return scope.node("not encoded", (), type_, absent.provision.head.span, detail=("not in force", why, message))


def _bounds(head: d.Rule | d.Table, scope: Scope, type_: Type, scale: int) -> tuple[int | None, int | None]:
    """A rule's declared range over its scale, rounded inwards where the scale is coarser."""
    found: list[int | None] = []
    for bound, up in ((head.low, True), (head.high, False)):
        if bound is None:
            found.append(None)
            continue
        value, own, bound_type = number(bound)
        if not types.fits(bound_type, type_) or not type_.is_number:
            scope.problem("value-type", f"`{bound.span.text}` is {bound_type}, and {head.name} is {type_}.", bound.span)
            found.append(None)
            continue
        found.append(-(-value * scale // own) if up else value * scale // own)
    return found[0], found[1]
