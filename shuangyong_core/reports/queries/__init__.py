"""What is known of reports: forms, lists, the review queue, one report with all that happened."""

from shuangyong_core.reports.queries.fields import required_figures
from shuangyong_core.reports.queries.files import list_files, open_file
from shuangyong_core.reports.queries.form import get_form
from shuangyong_core.reports.queries.place import find_place, find_report, latest_no
from shuangyong_core.reports.queries.review_page import get_review_page
from shuangyong_core.reports.queries.review_queue import review_queue
from shuangyong_core.reports.queries.rounds import list_rounds

__all__ = [
    "find_place",
    "find_report",
    "get_form",
    "get_review_page",
    "latest_no",
    "list_files",
    "list_rounds",
    "open_file",
    "required_figures",
    "review_queue",
]
