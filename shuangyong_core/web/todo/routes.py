"""The routes one lands on: the to-do list, and help."""

from __future__ import annotations

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from shuangyong_core.web.desk import Desk, signed_in
from shuangyong_core.web.frame import page
from shuangyong_core.web.rendering import render
from shuangyong_core.web.todo.view import todo_view

router = APIRouter()


@router.get("/")
def home(_desk: Desk = Depends(signed_in)) -> Response:
    """This function will lead to the to-do list."""
    return RedirectResponse("/todo", 303)


@router.get("/todo")
def todo_page(desk: Desk = Depends(signed_in)) -> Response:
    """This function will show what is to do."""
    with desk.reading() as session:
        values = {"view": todo_view(session, desk), "page": page(session, desk, "todo")}
    return HTMLResponse(render("todo.html", values))


@router.get("/help")
def help_page(desk: Desk = Depends(signed_in)) -> Response:
    """This function will show how things are done."""
    with desk.reading() as session:
        values = {"page": page(session, desk, "")}
    return HTMLResponse(render("help.html", values))
