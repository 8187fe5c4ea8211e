"""本单位今年要报什么: one A4 page a unit, the same words on screen, in PDF and in Word."""

from shuangyong_core.documents.year.paper import year_paper
from shuangyong_core.documents.year.sheet import YearSheet, year_sheets

__all__ = ["YearSheet", "year_paper", "year_sheets"]
