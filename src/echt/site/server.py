"""gunicorn with our settings, instead of its own files and flags."""

from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from echt.site.address import Address


class Server(BaseApplication):  # type: ignore[misc]
    """A web server at the address; `run` returns when it was told to stop."""

    def __init__(self, address: Address, *, processes: int, threads: int) -> None:
        self._options = {
            "bind": address.bind,
            "worker_class": "gthread",
            "workers": processes,
            "threads": threads,
            "graceful_timeout": 10,
            "timeout": 60,
            "keepalive": 5,
            "control_socket_disable": True,
            "logger_class": ServerLog,
            "proc_name": "echt web",
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from echt.site.wsgi import application

        return application


class ServerLog(Logger):  # type: ignore[misc]
    """gunicorn's own log, let into ours instead of formatted its own way."""

    def setup(self, cfg: Any) -> None:
        self.error_log.propagate = True
        self.access_log.disabled = True
        self.cfg = cfg
