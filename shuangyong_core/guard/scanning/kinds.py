"""What a scan can find, and the sentence for each; what was found is never repeated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """One sort of content that has no place here."""

    DESIGNATION = "designation"  # 部队番号、代号
    CLASSIFICATION_MARK = "classification_mark"  # 密级标志
    MILITARY_MATTER = "military_matter"  # 兵力、部署、换防、坐标
    ID_NUMBER = "id_number"  # 身份证号
    MOBILE_NUMBER = "mobile_number"  # 手机号
    BANK_CARD = "bank_card"  # 银行卡号


NAMES = {
    Kind.DESIGNATION: "部队番号或代号",
    Kind.CLASSIFICATION_MARK: "密级标志",
    Kind.MILITARY_MATTER: "兵力、部署、坐标一类内容",
    Kind.ID_NUMBER: "身份证号",
    Kind.MOBILE_NUMBER: "手机号",
    Kind.BANK_CARD: "银行卡号",
}
ADVICE = {
    Kind.DESIGNATION: "请改用代称，例如 驻军单位A",
    Kind.CLASSIFICATION_MARK: "涉密内容不得进入本系统，请删掉",
    Kind.MILITARY_MATTER: "这类内容不得进入本系统，请删掉",
    Kind.ID_NUMBER: "本系统只要数字、不要名单，请删掉",
    Kind.MOBILE_NUMBER: "请删掉",
    Kind.BANK_CARD: "请删掉",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its sort and where it begins (the first letter is 1), never the text."""

    kind: Kind
    begins: int

    @property
    def sentence(self) -> str:
        """What the writer reads."""
        return f"第 {self.begins} 个字起像是{NAMES[self.kind]}：{ADVICE[self.kind]}。"
