"""Writes our part of the generated package: the resources, and the modules that import lazily."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .resources import Method, Resource
from .signatures import Module

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Flavour:
    """One of the four classes that each resource is written as, all from one template."""

    is_async: bool
    is_raw: bool

    def class_name(self, resource: Resource) -> str:
        """Such as `AsyncContactChannelsWithRawResponse`."""
        return f"{'Async' * self.is_async}{resource.class_name}{'WithRawResponse' * self.is_raw}"

    @property
    def sender(self) -> str:
        """The type of the sender."""
        return "AsyncSender" if self.is_async else "Sender"

    def in_pages(self, method: Method) -> bool:
        """Whether a method gives a pager, which fetches pages as it is iterated over."""
        return bool(method.item) and not self.is_raw

    def define(self, method: Method) -> str:
        """How a method begins."""
        return "async def" if self.is_async and not self.in_pages(method) else "def"

    def send(self, method: Method) -> str:
        """How a method calls the sender."""
        if self.in_pages(method):
            return "self._sender.paginate"
        return f"{'await ' * self.is_async}self._sender.{'send_raw' if self.is_raw else 'send'}"

    def result(self, resource: Resource, method: Method) -> str:
        """The type of what a method gives."""
        if self.in_pages(method):
            return f"{'Async' * self.is_async}Pager[{resource.inside(method.item)}]"
        decoded = resource.inside(method.result)
        return f"APIResponse[{decoded}]" if self.is_raw else decoded

    def about(self, resource: Resource) -> str:
        """The docstring of the class."""
        if self.is_raw:
            return f"`{self.decoded.class_name(resource)}`, giving whole responses."
        return resource.description

    def docstring(self, resource: Resource, method: Method) -> str:
        """The docstring of a method."""
        if self.is_raw:
            return f"`{self.decoded.class_name(resource)}.{method.name}`, giving the whole response."
        return method.docstring

    @property
    def decoded(self) -> "Flavour":
        """The flavour that gives the decoded body only."""
        return Flavour(self.is_async, is_raw=False)


FLAVOURS = [Flavour(is_async, is_raw) for is_async in (False, True) for is_raw in (False, True)]


def render(resources: list[Resource], package: Path) -> None:
    """Writes `resources/`, `models/__init__.py` and `__init__.py`, not yet formatted.

    Args:
        resources: The resources.
        package: The generated package.
    """
    environment = Environment(  # noqa: S701  # Python comes out of it, not HTML
        loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"repr": repr, "docstring": _docstring}

    def write(template: str, target: str, **context: object) -> None:
        text = environment.get_template(template).render(flavours=FLAVOURS, **context)
        (package / target).write_text(text, encoding="utf-8")

    (package / "resources").mkdir()
    for resource in resources:
        write("resource.py.jinja", f"resources/{resource.tag}.py", resource=resource)
    write("resources_init.py.jinja", "resources/__init__.py", resources=resources)
    files = [file for file in sorted((package / "models").glob("*.py")) if file.stem != "__init__"]
    models = {model.name: file.stem for file in files for model in Module(file).classes()}
    write("models_init.py.jinja", "models/__init__.py", modules=models)
    write("init.py.jinja", "__init__.py")


def _docstring(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    end = "\n" if "\n" in escaped or escaped.endswith('"') else ""
    return f'"""{escaped}{end}"""'
