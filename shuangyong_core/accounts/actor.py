"""The one who acts: a user, a token, the operator at the command line, or the product itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """What one may do on a subtree; the three administrators have no subtree and no business."""

    ISSUER = "issuer"  # 下达: launches, decides at district level
    MANAGER = "manager"  # 管理: acknowledges, splits, manages accounts below
    REVIEWER = "reviewer"  # 审核
    REPORTER = "reporter"  # 填报
    VIEWER = "viewer"  # 查看
    SYSTEM_ADMIN = "system_admin"  # 系统管理员
    SECURITY_ADMIN = "security_admin"  # 安全管理员
    AUDIT_ADMIN = "audit_admin"  # 审计管理员


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


@dataclass(frozen=True, slots=True)
class Grant:
    """A role on the subtree under a unit; `giver` is the key of who handed it over for a time."""

    unit: int
    role: Role
    giver: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts; `key` is what steps, submissions and the audit keep."""

    kind: str  # user | token | operator | system
    id: int | str | None
    name: str
    grants: tuple[Grant, ...] = ()
    administrator: Role | None = None

    @property
    def key(self) -> str:
        """The lasting name of the actor in tables."""
        return self.kind if self.id is None else f"{self.kind}:{self.id}"

    @property
    def is_unlimited(self) -> bool:
        """The operator at the machine and the product itself stand outside the subtrees."""
        return self.kind in ("operator", "system")

    def units_with(self, *roles: Role) -> frozenset[int]:
        """This function will give the roots of the subtrees where one of the roles is held."""
        return frozenset(grant.unit for grant in self.grants if grant.role in roles)

    @property
    def givers(self) -> frozenset[str]:
        """The keys of those in whose place the actor stands now (委托)."""
        return frozenset(grant.giver for grant in self.grants if grant.giver)

    @property
    def alone(self) -> Actor:
        """The actor with nothing but what is their own."""
        return replace(self, grants=tuple(grant for grant in self.grants if not grant.giver))

    def without(self, giver: str) -> Actor:
        """This function will give the actor without what one giver handed over."""
        return replace(self, grants=tuple(g for g in self.grants if g.giver != giver))


SYSTEM = Actor("system", None, "系统")
