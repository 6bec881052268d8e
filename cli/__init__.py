"""The command line: the same jobs as the app, without a browser."""

from __future__ import annotations

import tempfile
import traceback
from pathlib import Path
from typing import Any

import typer
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from cli.monitoring import index, indicators
from cli.monitoring_reports import profile, standardize
from cli.official_files import county, fetch
from cli.regions import check, propose, sample
from cli.speaking import ABORTED, ERR, UNEXPECTED, UNUSABLE
from cli.start import start_app
from reporting.text_de import cli as text
from reporting.text_de import cli_monitoring

rich_utils.ARGUMENTS_PANEL_TITLE, rich_utils.OPTIONS_PANEL_TITLE, rich_utils.COMMANDS_PANEL_TITLE = text.PANELS
rich_utils.REQUIRED_LONG_STRING, rich_utils.DEFAULT_STRING = text.REQUIRED, text.DEFAULT


class _Group(TyperGroup):
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


app = typer.Typer(help=text.APP, cls=_Group, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

app.command(help=text.SAMPLE, cls=_Command)(sample)
app.command(help=text.PROPOSE, cls=_Command)(propose)
app.command(help=text.CHECK, cls=_Command)(check)
app.command(help=text.FETCH, cls=_Command)(fetch)
app.command(help=text.COUNTY, cls=_Command)(county)
app.command(help=text.INDICATORS, cls=_Command)(indicators)
app.command(help=text.INDEX, cls=_Command)(index)
app.command(help=cli_monitoring.STANDARDIZE, cls=_Command)(standardize)
app.command(help=cli_monitoring.PROFILE, cls=_Command)(profile)
app.command(name="app", help=text.START_APP, cls=_Command)(start_app)


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
