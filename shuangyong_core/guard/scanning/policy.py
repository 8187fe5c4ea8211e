"""What happens to a text with a hit: it is refused, or held until its reviewer has looked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shuangyong_core.guard.scanning.kinds import Kind

PERSONAL = frozenset({Kind.ID_NUMBER, Kind.MOBILE_NUMBER, Kind.BANK_CARD})


class Way(StrEnum):
    """How a hit is treated."""

    REFUSE = "refuse"  # 拒收
    HOLD = "hold"  # 待核查: kept, and not accepted before its reviewer says it is harmless


@dataclass(frozen=True, slots=True)
class Policy:
    """The installation's choice for secrets and for personal data; marked papers never pass."""

    secrecy: Way = Way.REFUSE
    personal: Way = Way.REFUSE

    @classmethod
    def of(cls, *, secrecy: str, personal: str) -> Policy:
        """This function will give the policy two settings name; raises ValueError."""
        return cls(Way(secrecy), Way(personal))

    def way(self, kind: Kind) -> Way:
        """This function will say what happens to a sort of hit."""
        if kind is Kind.CLASSIFICATION_MARK:
            return Way.REFUSE
        return self.personal if kind in PERSONAL else self.secrecy


STRICT = Policy()
