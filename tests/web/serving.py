"""The gallery as a site on this machine, under the same strict policy as the product."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from shuangyong_core.web import rendering
from tests.web.gallery import gallery

PAGES = gallery()


class Answer(BaseHTTPRequestHandler):
    """One request: a page of the gallery, a static file, or what the script asks for."""

    def do_GET(self) -> None:
        """A page or a file."""
        path = self.path.split("?")[0]
        if path.startswith("/static/"):
            file = rendering.WEB / path.removeprefix("/")
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            self.say(200, kind, file.read_bytes()) if file.is_file() else self.say(404)
        elif path == "/fresh":
            view = {"view": {"is_pending": False}, "page": {"fresh_href": "/fresh"}}
            self.say(200, "text/html; charset=utf-8", rendering.render("fresh.html", view).encode())
        elif path.removeprefix("/") in PAGES:
            self.say(200, "text/html; charset=utf-8", PAGES[path[1:]].html().encode())
        else:
            self.say(404)

    def do_POST(self) -> None:
        """A draft is saved; whatever else is only swallowed."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "/draft" in self.path:
            self.say(200, "application/json", b'{"saved_at": "09:45", "version": 4}')
        else:
            self.say(204)

    def say(self, status: int, kind: str = "text/plain", body: bytes = b"") -> None:
        """The answer with its policy."""
        self.send_response(status)
        self.send_header("Content-Security-Policy", rendering.CSP)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a test is quiet."""


@contextmanager
def serving() -> Iterator[str]:
    """The address of the gallery while it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
