"""Writes docs/indicators/*.md from the catalogue; a test checks that the pages are up to date."""

from pathlib import Path

from indicators.catalogue import standard_catalogue
from reporting.indicator_pages import index_page, indicator_page

FOLDER = Path(__file__).parent


def pages() -> dict[str, str]:
    """File name and content of every page."""
    catalogue = standard_catalogue()
    return {"README.md": index_page(catalogue)} | {f"{i.id}.md": indicator_page(i, catalogue) for i in catalogue}


if __name__ == "__main__":
    for name, content in pages().items():
        (FOLDER / name).write_text(content, encoding="utf-8")
