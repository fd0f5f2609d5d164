"""Our part of the generated package: the resources, and the modules that import lazily."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .resources import Method, Resource

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Variant:
    """One of the two classes that each resource is written as, both from one template."""

    is_async: bool

    def class_name(self, resource: Resource) -> str:
        """Such as `AsyncContactChannels`."""
        return f"{'Async' * self.is_async}{resource.class_name}"

    @property
    def sender(self) -> str:
        """The type of the sender."""
        return "SupportsAsyncSend" if self.is_async else "SupportsSend"

    @property
    def to_raw(self) -> str:
        """The function that makes a method return the whole response."""
        return "to_raw_async" if self.is_async else "to_raw"

    def define(self, method: Method) -> str:
        """How a method begins. A pager fetches when it is iterated over, so what returns one isn't a coroutine."""
        return "async def" if self.is_async and not method.item else "def"

    def send(self, method: Method) -> str:
        """How a method calls the sender."""
        return "self._sender.paginate" if method.item else f"{'await ' * self.is_async}self._sender.send"

    def result(self, resource: Resource, method: Method) -> str:
        """The type of what a method returns."""
        if method.item:
            return f"{'Async' * self.is_async}Pager[{resource.inside(method.item)}]"
        return resource.inside(method.result)


VARIANTS = [Variant(is_async=False), Variant(is_async=True)]


def render(resources: list[Resource], package: Path) -> None:
    """Writes the modules of resources, not yet formatted."""
    (package / "resources").mkdir()
    for resource in resources:
        _write("resource.py.jinja", package / f"resources/{resource.tag}.py", resource=resource)


def render_index(
    resources: list[Resource], models: dict[str, str], body_fields: dict[str, dict[str, str]], package: Path
) -> None:
    """Writes the modules about everything: `undescribed.py` and the `__init__.py`, not yet formatted.

    Args:
        resources: All resources.
        models: The modules of all models, by the names of the classes.
        body_fields: The fields of the schemas in bodies.
        package: The generated package.
    """
    _write("resources_init.py.jinja", package / "resources/__init__.py", resources=resources)
    _write("models_init.py.jinja", package / "models/__init__.py", modules=models)
    _write("undescribed.py.jinja", package / "undescribed.py", table=body_fields)
    _write("init.py.jinja", package / "__init__.py")


def _write(template: str, target: Path, **context: object) -> None:
    text = _ENVIRONMENT.get_template(template).render(variants=VARIANTS, **context)
    target.write_text(text, encoding="utf-8")


def _quote_docstring(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    end = "\n" if "\n" in escaped or escaped.endswith('"') else ""
    return f'"""{escaped}{end}"""'


_ENVIRONMENT = Environment(  # noqa: S701  # it renders Python, not HTML
    loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_ENVIRONMENT.filters |= {"repr": repr, "docstring": _quote_docstring}
