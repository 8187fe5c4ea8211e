"""What a page of a plan says on top after an act."""

from __future__ import annotations

from shuangyong_core.web.pages.shell import Notice
from shuangyong_core.web.planning.opened import Opened

SAID = {
    "started": Notice(
        "按五步往下走，随时保存，右边随时核对。", "草稿已建好。", "o", "circle-check"
    ),
    "read": Notice(
        "任务、报送和依据都以它为准，右边已核对。", "工作簿已读入。", "o", "circle-check"
    ),
    "going": Notice("各单位陆续看到任务，本页会更新。", "已开始下达。", "o", "circle-check"),
    "down": Notice(
        "流程服务没有开：已记下要下达的任务，开好后自动接着下达，也可以点“接着下达”。",
        "还没有下达完。",
        "w",
        "alert-triangle",
    ),
}


def notices_of(opened: Opened, said: str, moved: str) -> tuple[Notice, ...]:
    """This function will say what was done, and which rounds were moved off rest days."""
    done = (SAID[said],) if said in SAID else ()
    codes = [code for code in moved.split("、") if code in opened.round_codes]
    if not codes:
        return done
    text = "的日期原来不在工作日，已移到工作日，请在“2 报送次数”里核对。"
    return (*done, Notice(text, "、".join(codes), "w", "alert-triangle"))
