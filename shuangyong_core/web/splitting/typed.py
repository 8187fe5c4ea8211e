"""The cells of the split as they were typed, and the wishes they stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shuangyong_core.assignments.actions.change_split import Wish
from shuangyong_core.assignments.actions.draft_split import TypedPage, TypedSplit
from shuangyong_core.assignments.actions.propose_split import Shares
from shuangyong_core.assignments.queries.drafts import KeptDraft
from shuangyong_core.assignments.queries.splits import OWN, SplitProposal
from shuangyong_core.guard.numbers import NotANumber, format_scaled, parse_count

LONGEST_HOW = 40


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the cells, by `TARGET.UNIT`; errors at the cells that hold no number."""

    texts: Mapping[str, str]
    numbers: Mapping[str, int]
    errors: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    methods: Mapping[str, str] = field(default_factory=dict)  # what was chosen, by target code


def cells_of(split: SplitProposal) -> dict[str, int]:
    """This function will give what stands now in the cells of one target."""
    cells = {f"{split.code}.{child.code}": child.held for child in split.children}
    return cells | ({f"{split.code}.{OWN}": split.own} if split.has_own else {})


def as_it_stands(splits: Sequence[SplitProposal]) -> Typed:
    """This function will fill the cells with what is kept."""
    return _filled(splits, {})


def as_proposed(splits: Sequence[SplitProposal], defaults: Mapping[tuple[int, int], int]) -> Typed:
    """This function will fill the cells with the default split; the rest is the unit's own."""
    values: dict[str, int] = {}
    for split in splits:
        shares = {
            child.code: defaults.get((split.target, child.unit), child.held)
            for child in split.children
        }
        values |= {f"{split.code}.{code}": held for code, held in shares.items()}
        values[f"{split.code}.{OWN}"] = max(split.held - sum(shares.values()), 0)
    return _filled(splits, values)


def _filled(splits: Sequence[SplitProposal], values: Mapping[str, int]) -> Typed:
    numbers, texts = {}, {}
    for split in splits:
        for name, held in cells_of(split).items():
            numbers[name] = values.get(name, held)
            texts[name] = format_scaled(numbers[name], split.decimals)
    return Typed(texts, numbers)


def as_typed(splits: Sequence[SplitProposal], form: Mapping[str, object]) -> Typed:
    """This function will read the cells; what is no number stays as typed, with its sentence."""
    texts, numbers, errors = {}, {}, {}
    for split in splits:
        for name, held in cells_of(split).items():
            given = form.get(name)
            text = given.strip() if isinstance(given, str) else ""
            texts[name], numbers[name] = text, held
            try:
                parsed = parse_count(
                    text or "0", decimals=split.decimals, unit=split.display_unit or None
                )
                numbers[name] = parsed.scaled
                texts[name] = format_scaled(parsed.scaled, split.decimals) if text else ""
            except NotANumber as wrong:
                errors[name] = wrong.problems[0].message
    methods = {split.code: str(form.get(f"how.{split.code}") or "") for split in splits}
    return Typed(texts, numbers, errors, str(form.get("reason") or "").strip(), methods)


def as_put_aside(
    splits: Sequence[SplitProposal], drafts: Mapping[int, KeptDraft], *, standing: Typed
) -> Typed:
    """This function will fill the cells with what was put aside (by target), as it was typed; for
    whom nothing was typed, what stands stays."""
    form: dict[str, object] = dict(standing.texts)
    known = {name for split in splits for name in cells_of(split)}
    for split in splits:
        if draft := drafts.get(split.target):
            typed = {f"{split.code}.{place}": text for place, text in draft.cells.items()}
            form |= {name: text for name, text in typed.items() if name in known}
            form[f"how.{split.code}"] = draft.how
    latest = max(drafts.values(), key=lambda draft: draft.saved_at, default=None)
    return as_typed(splits, form | {"reason": latest.reason if latest else ""})


def page_of(splits: Sequence[SplitProposal], form: Mapping[str, object]) -> TypedPage:
    """This function will give what a form says, every cell as it was typed."""

    def text_of(name: str) -> str:
        return str(form.get(name) or "").strip()

    return TypedPage(
        {
            split.code: TypedSplit(
                {name.partition(".")[2]: text_of(name) for name in cells_of(split) if name in form},
                text_of(f"how.{split.code}")[:LONGEST_HOW],
            )
            for split in splits
        },
        text_of("reason"),
        text_of("version"),
        text_of("drafts"),
    )


def as_shared(splits: Sequence[SplitProposal], typed: Typed, shares: Mapping[str, Shares]) -> Typed:
    """This function will put the numbers a method gave into the cells of its targets."""
    values: dict[str, int] = {}
    for split in splits:
        if split.code in shares:
            given = shares[split.code]
            values |= {f"{split.code}.{code}": held for code, held in given.children.items()}
            values[f"{split.code}.{OWN}"] = given.own
    filled = _filled([split for split in splits if split.code in shares], values)
    errors = {name: why for name, why in typed.errors.items() if name not in filled.texts}
    return Typed(
        {**typed.texts, **filled.texts}, {**typed.numbers, **filled.numbers}, errors,
        typed.reason, typed.methods,
    )  # fmt: skip


def strange_cells(splits: Sequence[SplitProposal], form: Mapping[str, object]) -> list[str]:
    """This function will find cells of units that are no children: the page never made them."""
    known = {name for split in splits for name in cells_of(split)}
    codes = {split.code for split in splits}
    return sorted(
        name for name in form
        if name not in known and name.partition(".")[0] in codes and "." in name
    )  # fmt: skip


def wishes_of(splits: Sequence[SplitProposal], typed: Typed) -> dict[str, Wish]:
    """This function will give the targets whose cells differ from what is kept."""
    wishes = {}
    for split in splits:
        now = cells_of(split)
        cells = {name: typed.numbers[name] for name in now}
        if cells == now:
            continue
        own = cells.pop(f"{split.code}.{OWN}", None)
        exceeds = sum(cells.values()) + (own or 0) > split.held
        children = {name.partition(".")[2]: value for name, value in cells.items()}
        wishes[split.code] = Wish(children, own, typed.reason if exceeds else "")
    return wishes
