"""Settings of Sphinx for the docs site. `scripts/build_site` lays the pages out and runs it.

Sphinx with furo and MyST, because it is what will still be kept in ten years: Material for MkDocs has ended, and what
follows it is young. It needs no network and no JavaScript of others, and its search is in the pages.
"""

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_URLS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
_VERSION: dict[str, str] = {}
exec((ROOT / "heymarket/_version.py").read_text("utf-8"), _VERSION)  # noqa: S102 - a line of ours

project = "heymarket"
author = "The Heymarket Python SDK authors"
copyright = "The Heymarket Python SDK authors. Apache-2.0"  # noqa: A001 - Sphinx's name
release = version = _VERSION["__version__"]

extensions = ["myst_parser", "sphinx_copybutton", "sphinx_design"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 6
copybutton_prompt_text = "$ "
python_maximum_signature_line_length = 88
add_module_names = False
toc_object_entries = False

html_theme = "furo"
html_title = f"heymarket {release}"
html_baseurl = _URLS["Documentation"]
html_favicon = "static/favicon.svg"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "source_repository": _URLS["Source"],
    "light_css_variables": {"color-brand-primary": "#00695c", "color-brand-content": "#00695c"},
    "dark_css_variables": {"color-brand-primary": "#4db6ac", "color-brand-content": "#4db6ac"},
    "footer_icons": [],
}
pygments_style = "default"
pygments_dark_style = "github-dark"
