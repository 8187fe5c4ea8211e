"""Every page with sample views, by name: what the tests render, and what the browser looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from shuangyong_core.web import rendering
from shuangyong_core.web.pages.shell import Page
from tests.web import (
    samples,
    samples_amend,
    samples_back,
    samples_beside,
    samples_depth,
    samples_form,
    samples_plan,
    samples_progress,
    samples_review,
    samples_source,
    samples_tasks,
    samples_todo,
    samples_workbook,
    samples_year,
)

STREET = "江滨街道 · 审核岗"


@dataclass(frozen=True)
class Shown:
    """One page as it would be asked for."""

    template: str
    view: Any
    page: Page | None = None

    def html(self) -> str:
        """The page."""
        return rendering.render(self.template, {"view": self.view, "page": self.page})


def gallery() -> dict[str, Shown]:
    """Every page, empty, normal and with errors."""
    street = samples.page("review", STREET, todo=8)
    clerk = samples.clerk("fill")
    return {
        "login": Shown("login.html", samples.login()),
        "login-error": Shown("login.html", samples.login("账号或口令不对，还可以试 9 次。")),
        "password": Shown("password.html", samples.password()),
        "password-error": Shown("password.html", samples.password("两遍不一样", is_first=False)),
        "form": Shown("form.html", samples_form.form(), clerk),
        "form-error": Shown(
            "form.html", samples_form.form(with_error=True, is_returned=True), clerk
        ),
        "form-kinds": Shown("form.html", samples_form.form(shown=samples_form.every_kind()), clerk),
        "form-confirm": Shown("form.html", samples_form.form(confirm=True), clerk),
        "review": Shown("review.html", samples_review.review(""), street),
        "review-return": Shown("review.html", samples_review.review("return"), street),
        "review-accept": Shown("review.html", samples_review.review("accept"), street),
        "review-empty": Shown("review.html", samples_review.no_review(), street),
        **{
            f"workbook-{shown}": Shown("workbook.html", samples_workbook.workbook(shown), street)
            for shown in ("fresh", "wrong", "passed")
        },
        "not-involved": Shown("not_involved.html", samples_workbook.set_aside(), street),
        "not-involved-confirm": Shown(
            "not_involved.html", samples_workbook.set_aside(asks=True), street
        ),
        "rounds": Shown("round_list.html", samples_form.round_list(), clerk),
        "todo-clerk": Shown("todo.html", samples_todo.clerk(), samples.clerk("todo")),
        "todo-street": Shown("todo.html", samples_todo.street(), samples.page("todo", STREET)),
        "todo-empty": Shown("todo.html", samples_todo.nothing(), samples.page("todo", STREET)),
        **deeper(),
        **plans(),
        **beside(),
    }


def plans() -> dict[str, Shown]:
    """The pages where a plan is written."""
    office = samples.page("")
    steps = ("basis", "rounds", "targets", "units", "launch")
    return {
        "plans": Shown("plans.html", samples_plan.plans(), office),
        "amend": Shown("amend.html", samples_amend.amend(), office),
        "amend-confirm": Shown("amend.html", samples_amend.amend(asks=True), office),
        "amend-nothing": Shown("amend.html", samples_amend.nothing(), office),
        "plan-one": Shown("plan.html", samples_plan.one_target(), office),
        **{f"plan-{step}": Shown("plan.html", samples_plan.plan(step), office) for step in steps},
    }


def beside() -> dict[str, Shown]:
    """What comes up beside the plan: 交办, 需协调事项, 通知."""
    office, shown = samples.page("todo"), samples_beside
    answered = shown.ANSWERED_PROBLEM
    return {
        "handouts": Shown("handouts.html", shown.register(), office),
        "handouts-wrong": Shown("handouts.html", shown.register(is_wrong=True), office),
        "handout": Shown("handout.html", shown.handout(), office),
        "problems": Shown("problems.html", shown.problems(shown.PROBLEM, answered), office),
        "problems-wrong": Shown("problems.html", shown.problems(is_wrong=True), office),
        "problem": Shown("problem.html", shown.problem(), office),
        "notices": Shown("notices.html", shown.notices(), office),
    }


def deeper() -> dict[str, Shown]:
    """The pages behind the first click."""
    office = samples.page("progress")
    waiting = samples.page("progress", fresh_href="/fresh")
    street = samples.page("todo", STREET)
    depth = samples_depth
    refusals = {
        f"refused-{status}": Shown("refused.html", samples_source.refusal(status), street)
        for status in (403, 404, 409, 422, 500)
    }
    return {
        "progress": Shown("progress.html", samples_progress.progress(), office),
        "progress-pending": Shown(
            "progress.html", samples_progress.progress(is_pending=True), waiting
        ),
        "progress-empty": Shown("progress.html", samples_progress.quiet(), office),
        "target": Shown("target.html", depth.target(), office),
        "target-total": Shown("target.html", depth.total(), office),
        "tasks": Shown("tasks.html", samples_tasks.tasks(), office),
        "lights": Shown("lights.html", None, office),
        "source": Shown("source.html", samples_source.source(), office),
        "source-top": Shown("source.html", samples_source.source(deep=False), office),
        "split": Shown("split.html", depth.split(), street),
        "split-confirm": Shown("split.html", depth.split(asks=True), street),
        "report": Shown("report.html", depth.report(), street),
        "report-confirm": Shown("report.html", depth.report(asks=True), street),
        "materials": Shown("materials.html", samples_source.materials(), samples.page("materials")),
        "materials-empty": Shown("materials.html", samples_source.materials(is_empty=True), office),
        "back": Shown("back_page.html", samples_back.back(), street),
        "back-empty": Shown("back_page.html", samples_back.nothing(), street),
        "burden": Shown("burden.html", samples_back.burden(), office),
        "burden-empty": Shown("burden.html", samples_back.no_burden(), office),
        "use": Shown("use.html", samples_back.uses(), office),
        "use-error": Shown("use.html", samples_back.uses(is_wrong=True), office),
        "year": Shown("year_page.html", samples_year.year(), street),
        "year-empty": Shown("year_page.html", samples_year.nothing(), office),
        "help": Shown("help.html", None, office),
        **refusals,
    }
