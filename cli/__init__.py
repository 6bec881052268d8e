"""The command line: the same jobs as the app, without a browser."""

from __future__ import annotations

import tempfile
import traceback
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from cli.speaking import ABORTED, ERR, UNEXPECTED, UNUSABLE
from reporting.text_de import cli as text
from reporting.text_de import cli_monitoring

# Room, function and help of each command: only the room of the command that is called is opened.
COMMANDS: Mapping[str, tuple[str, str, str]] = {
    "sample": ("cli.regions", "sample", text.SAMPLE),
    "propose": ("cli.regions", "propose", text.PROPOSE),
    "check": ("cli.regions", "check", text.CHECK),
    "fetch": ("cli.official_files", "fetch", text.FETCH),
    "county": ("cli.official_files", "county", text.COUNTY),
    "indicators": ("cli.monitoring", "indicators", text.INDICATORS),
    "index": ("cli.monitoring", "index", text.INDEX),
    "standardize": ("cli.monitoring_reports", "standardize", cli_monitoring.STANDARDIZE),
    "profile": ("cli.monitoring_reports", "profile", cli_monitoring.PROFILE),
    "app": ("cli.start", "start_app", text.START_APP),
}

rich_utils.ARGUMENTS_PANEL_TITLE, rich_utils.OPTIONS_PANEL_TITLE, rich_utils.COMMANDS_PANEL_TITLE = text.PANELS
rich_utils.REQUIRED_LONG_STRING, rich_utils.DEFAULT_STRING = text.REQUIRED, text.DEFAULT


class _Group(TyperGroup):
    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return _command(cmd_name) if cmd_name in COMMANDS else None

    def get_help_option(self, ctx: Any) -> Any:
        return _in_german(super().get_help_option(ctx))

    def get_usage(self, ctx: Any) -> str:
        return text.usage_line(super().get_usage(ctx))


class _Command(TyperCommand):
    def get_help_option(self, ctx: Any) -> Any:
        return _in_german(super().get_help_option(ctx))

    def get_usage(self, ctx: Any) -> str:
        return text.usage_line(super().get_usage(ctx))


def _in_german(option: Any) -> Any:
    if option is not None:
        option.help = text.HELP
    return option


def _command(name: str) -> Any:
    room, function, told = COMMANDS[name]
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    alone.command(name=name, help=told, cls=_Command)(getattr(import_module(room), function))
    return typer.main.get_command(alone)


app = typer.Typer(cls=_Group, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback(help=text.APP)
def raumwerk() -> None:
    """All commands; each is loaded when it is called."""


def main() -> None:
    """Entry point of the installed command ``raumwerk``; a wrong call is answered in German with exit code 2."""
    try:
        raise SystemExit(app(standalone_mode=False) or 0)
    except TyperException as error:
        ERR.print(_usage(error), markup=False)
        raise SystemExit(UNUSABLE) from None
    except (typer.Abort, KeyboardInterrupt):
        ERR.print(text.ABORTED)
        raise SystemExit(ABORTED) from None
    except Exception as error:  # noqa: BLE001 - the last door: a person gets a sentence, the details go to a file
        ERR.print(text.unexpected(type(error).__name__, str(_kept_details())), markup=False)
        raise SystemExit(UNEXPECTED) from None


def _usage(error: TyperException) -> str:
    parameter = getattr(error, "param", None)
    name = parameter.get_error_hint() if parameter is not None else getattr(error, "option_name", "")
    return text.usage(type(error).__name__, name)


def _kept_details() -> Path:
    with tempfile.NamedTemporaryFile("w", prefix="raumwerk-fehler-", suffix=".txt", delete=False) as file:
        file.write(traceback.format_exc())
    return Path(file.name)
