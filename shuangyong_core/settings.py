"""What an installation may set: environment `SHUANGYONG_…` or a TOML file, nothing else."""

from __future__ import annotations

import os
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import computed_field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from shuangyong_core.clock import Clock


class Settings(BaseSettings):
    """Every setting, with its default; `SHUANGYONG_CONFIG` names a TOML file to read them from."""

    model_config = SettingsConfigDict(env_prefix="SHUANGYONG_", extra="forbid")

    data: Path = Path("data")  # 数据目录: database, files, Prefect's home
    database_url: str = ""  # empty: SQLite in the data folder
    today: date | None = None  # pretend date for demos and rehearsals
    host: str = "127.0.0.1"  # the web listens here
    port: int = 8000
    prefect_port: int = 4200  # Prefect's server listens on loopback only
    address: str = ""  # what people type to come here, with http(s)://; printed as QR code
    https: bool = False  # behind TLS: cookies get `__Host-` and Secure
    upload_bytes: int = 20 * 1024 * 1024  # one evidence file
    handouts_direct: bool = False  # 交办可以越级直达社区; else only through the unit between
    guard_secrecy: Literal["refuse", "hold"] = "refuse"  # 部队番号、军事内容: refuse | hold
    guard_personal: Literal["refuse", "hold"] = "refuse"  # 证件号、手机号、银行卡号: refuse | hold

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """This function will let the environment win over the TOML file."""
        named = os.environ.get("SHUANGYONG_CONFIG")
        if named is None:
            return (init_settings, env_settings)
        return (
            init_settings,
            env_settings,
            TomlConfigSettingsSource(settings_cls, toml_file=Path(named)),
        )

    @computed_field  # type: ignore[prop-decorator]
    @property
    def url(self) -> str:
        """The database address in force."""
        return self.database_url or f"sqlite:///{(self.data / 'shuangyong.db').resolve()}"

    @property
    def home(self) -> str:
        """The address people open, without a slash at the end: what papers and codes lead to."""
        scheme = "https" if self.https else "http"
        return self.address.rstrip("/") or f"{scheme}://{self.host}:{self.port}"

    @property
    def files(self) -> Path:
        """Where evidence files lie."""
        return self.data / "files"

    @cached_property
    def clock(self) -> Clock:
        """The clock of this process."""
        return Clock(self.today)
