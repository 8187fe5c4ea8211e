"""What a unit's page tells in sentences: how to fill in, and whom to ask."""

from __future__ import annotations

from shuangyong_core.reports.queries.year_pages import YearPage

ZERO = "有这项工作但为零，填 0；没有这项工作，选“不涉及”并选一条理由。"
PHOTO = "照片最多 1 张，可以不传。不拍优抚对象正脸。纸质材料写“存放地 + 页码”即可。"


def how_to_fill(page: YearPage, superior: str) -> tuple[str, ...]:
    """This function will give the steps; below a street or a federation it may type for one."""
    if page.superior_is_issuer:
        ways = "登录右上角的网址填报；也可以下载工作簿，填好上传。"
    else:
        ways = f"手机扫右上角的码登录填报；或把数告诉{superior}，由{superior}在工作簿里代填。"
    return (ways, ZERO, PHOTO)


def ask_whom(superior: str, office: str) -> str:
    """This function will say whom to ask: the liaison above, or the office itself."""
    return f"有问题问：{superior}" if superior == office else f"有问题问：{superior}双拥联络员"
