"""A plan as a workbook: one sheet a section, in Chinese; the body read from it is the yaml's."""

from shuangyong_core.plans.workbook.places import Places
from shuangyong_core.plans.workbook.read import read_plan_file
from shuangyong_core.plans.workbook.write import write_book

__all__ = ["Places", "read_plan_file", "write_book"]
