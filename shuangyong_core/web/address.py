"""The address of a report in the pages: plan, unit and round, as they stand in every path."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

CODE = Path(max_length=60)


class Address:
    """Where a report lies, and the pages that show it."""

    def __init__(
        self,
        plan: Annotated[str, CODE],
        unit: Annotated[str, CODE],
        round: Annotated[str, CODE],
    ) -> None:
        self.plan, self.unit, self.round = plan, unit, round

    @property
    def codes(self) -> tuple[str, str, str]:
        """As the core asks for it: plan, round, unit."""
        return self.plan, self.round, self.unit

    @property
    def form(self) -> str:
        """The form."""
        return f"/rounds/{self.plan}/{self.unit}/{self.round}"

    @property
    def report(self) -> str:
        """The report as it is read."""
        return f"/reports/{self.plan}/{self.unit}/{self.round}"

    @property
    def workbook(self) -> str:
        """The workbook for all units below, where the unit is the one above them."""
        return f"/workbook/{self.plan}/{self.unit}/{self.round}"

    @property
    def review(self) -> str:
        """The report under review."""
        return f"/review/{self.plan}/{self.unit}/{self.round}"
