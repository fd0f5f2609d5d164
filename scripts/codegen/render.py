"""Our part of the generated package: the resources, and the modules that import lazily."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .resources import Method, Resource
from .signatures import Module

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


def render(resources: list[Resource], body_fields: dict[str, dict[str, str]], package: Path) -> None:
    """Writes `resources/`, `models/__init__.py`, `undescribed.py` and `__init__.py`, not yet formatted.

    Args:
        resources: The resources.
        body_fields: The fields of the schemas in bodies.
        package: The generated package.
    """
    environment = Environment(  # noqa: S701  # it renders Python, not HTML
        loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"repr": repr, "docstring": _quote_docstring}

    def write(template: str, target: str, **context: object) -> None:
        text = environment.get_template(template).render(variants=VARIANTS, **context)
        (package / target).write_text(text, encoding="utf-8")

    (package / "resources").mkdir()
    for resource in resources:
        write("resource.py.jinja", f"resources/{resource.tag}.py", resource=resource)
    write("resources_init.py.jinja", "resources/__init__.py", resources=resources)
    files = [file for file in sorted((package / "models").glob("*.py")) if file.stem != "__init__"]
    models = {model.name: file.stem for file in files for model in Module(file).classes}
    write("models_init.py.jinja", "models/__init__.py", modules=models)
    write("undescribed.py.jinja", "undescribed.py", table=body_fields)
    write("init.py.jinja", "__init__.py")


def _quote_docstring(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    end = "\n" if "\n" in escaped or escaped.endswith('"') else ""
    return f'"""{escaped}{end}"""'
