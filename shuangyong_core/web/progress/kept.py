"""Pages kept until something happens: every act is in the audit, every sum has a fold."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from shuangyong_core.audit.models import AuditEntry
from shuangyong_core.rollups.models import Fold
from shuangyong_core.web.pages.progress_view import ProgressView

MOST = 64  # pages, for each database

_kept: WeakKeyDictionary[Engine, OrderedDict[Hashable, ProgressView]] = WeakKeyDictionary()
_lock = Lock()


def kept(
    session: Session, engine: Engine, key: Hashable, make: Callable[[], ProgressView]
) -> ProgressView:
    """This function will give the page that stands since the last act, or make it."""
    whole = (key, _state(session))
    with _lock:
        pages = _kept.setdefault(engine, OrderedDict())
        if whole in pages:
            pages.move_to_end(whole)
            return pages[whole]
    made = make()
    with _lock:
        pages[whole] = made
        while len(pages) > MOST:
            pages.popitem(last=False)
    return made


def forget() -> None:
    """This function will drop every page that is kept."""
    with _lock:
        _kept.clear()


def _state(session: Session) -> tuple[int, ...]:
    # Counted too: on PostgreSQL an entry may be committed after one with a later number.
    entries = session.execute(select(func.max(AuditEntry.id), func.count(AuditEntry.id))).one()
    return (entries[0] or 0, entries[1], session.scalar(select(func.max(Fold.no))) or 0)
