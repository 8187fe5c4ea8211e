"""Tells words that name a unit of the forces, a level of secrecy, or a military matter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shuangyong_core.guard.scanning.kinds import Kind

B = r"[ \t\u00a0]*"
FIVE = rf"(?<![0-9])(?:[0-9]{B}){{4}}[0-9](?![0-9])"
NUMERAL = r"[0-9十百]"
# A body of troops, and the words of everyday life that begin with the same letter.
BODY = (
    r"(?:集团军|合成旅|旅(?![游客行程店途居])|师(?![生傅范资德徒兄妹])"
    r"|团(?![员委结圆购体支课队组聚拜里建年子])|营(?![业养销商造救员地收房利])"
    r"|连(?![续接带日同锁环载冠任串夜忙队])|舰队)"
)
ARM = r"(?:陆军|海军|空军|火箭军|武警|战区|军区|装甲|炮兵|防空|特战|合成|摩步|航空兵|导弹)"
DESIGNATIONS = (
    re.compile(rf"{FIVE}{B}(?:部队|分队)"),
    re.compile(rf"部队{B}(?:代号)?{B}[:：]?{B}{FIVE}"),
    re.compile(rf"第{B}{NUMERAL}{{1,4}}{B}{BODY}"),
    re.compile(rf"第{B}{NUMERAL}{{2,4}}{B}基地"),
    re.compile(rf"(?<![0-9十百.第]){NUMERAL}{{2,4}}{B}(?:集团军|合成旅|舰队)"),
    re.compile(
        rf"(?<![0-9十百.]){NUMERAL}{{3,4}}{B}(?:旅(?![游客行程店途居])|师(?![生傅范资德徒]))"
    ),
    re.compile(
        rf"{ARM}[^0-9，。；、\n]{{0,6}}{NUMERAL}{{1,5}}{B}(?:{BODY}|支队|基地|大队|中队|部队|舰|艇|分队)"
    ),
    re.compile(rf"(?:番号|部队代号){B}(?:为|是|[:：])"),
)
MARKS = (
    re.compile(rf"(?:绝密|机密|秘密){B}[★☆*]"),
    re.compile(rf"密级{B}(?:为|是|[:：]){B}(?:绝密|机密|秘密)"),
    re.compile(rf"^{B}(?:绝密|机密|秘密){B}$", re.MULTILINE),
    re.compile(rf"(?:绝密|机密|秘密)(?:文件|级|件){B}(?:[0-9]{{1,2}}{B}年|长期|$)", re.MULTILINE),
    re.compile(r"内部(?:资料|文件|材料)[，,、 \t]*(?:注意保存|严禁|不得|请勿)"),
)
MATTERS = (
    re.compile(r"(?:部队|驻军|官兵|营区|某[旅团营连])[^，。；\n]{0,8}(?:换防|移防|调防|拉练|演习(?:时间|地点)|出动(?:时间|兵力))"),
    re.compile(r"兵力(?:部署|[^，。；\n]{0,4}[0-9]|为|是|[:：])"),
    re.compile(r"(?:编制|武器|装备)(?:人数|数量|型号)(?:为|是|[:：]|[^，。；\n]{0,4}[0-9])"),
    re.compile(r"(?:营区|驻地|阵地|库房|机场|洞库)[^，。；\n]{0,4}坐标"),
    re.compile(rf"(?:东经|北纬|[EN]){B}[0-9]{{2,3}}(?:\.[0-9]{{2,}}|{B}[°度])"),
)  # fmt: skip
SORTS = (
    (Kind.DESIGNATION, DESIGNATIONS),
    (Kind.CLASSIFICATION_MARK, MARKS),
    (Kind.MILITARY_MATTER, MATTERS),
)


def find_words(text: str) -> Iterator[tuple[Kind, int]]:
    """This function will give each sort of word found in a folded text and where it begins."""
    for kind, patterns in SORTS:
        for pattern in patterns:
            for found in pattern.finditer(text):
                yield kind, found.start()
