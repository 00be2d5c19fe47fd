"""What keeps the house in order: who imports whom, and how long a file may be."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("ingot", "tasks", "flows", "tests", "benchmarks", "examples", "alembic")

# Data in the form of a table; splitting it would help nobody. Migrations are records of the past.
LONG = {"ingot/db/tables.py"}
MOST_LINES, MOST_FLOW_LINES = 300, 80

# From the top to the ground: a module imports what stands below it, or beside it in its row.
LAYERS = (
    ("flows",),
    ("tasks",),
    ("ingot.cli", "ingot.tui"),
    ("ingot.public",),
    ("ingot.doctor",),
    ("ingot.wiring",),
    ("ingot.actions",),
    ("ingot.agents",),
    ("ingot.domain",),
    ("ingot.errors",),
)


@cache
def files() -> dict[str, ast.Module]:
    """All our Python files by path from the root."""
    paths = [path for folder in OURS for path in (ROOT / folder).rglob("*.py") if "__pycache__" not in path.parts]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


@cache
def imported(tree: ast.AST) -> tuple[str, ...]:
    return tuple(_imported(tree))


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def under(folder: str) -> dict[str, ast.Module]:
    return {name: tree for name, tree in files().items() if name.startswith(folder)}


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def test_there_is_something_to_check() -> None:
    assert len(under("ingot/")) > 50
    assert under("flows/")


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name in files() if "versions/" not in name}
    assert {name: count for name, count in lengths.items() if count > MOST_LINES and name not in LONG} == {}


def test_a_flow_is_order_only_and_short() -> None:
    lengths = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name in under("flows/")}
    assert {name: count for name, count in lengths.items() if count > MOST_FLOW_LINES} == {}


def test_the_folder_of_migrations_does_not_hide_the_package_alembic() -> None:
    assert not (ROOT / "alembic" / "__init__.py").exists()


def test_tests_use_fakes_with_memory_and_no_mock() -> None:
    assert [name for name, tree in under("tests/").items() if any(is_in(m, "unittest") for m in imported(tree))] == []


def test_only_flows_and_tasks_import_prefect() -> None:
    found = [name for name, tree in under("ingot/").items() if any(is_in(m, "prefect") for m in imported(tree))]
    assert found == []


def test_the_domain_imports_the_standard_library_and_itself() -> None:
    allowed = (*sys.stdlib_module_names, "ingot.domain", "ingot.errors")
    foreign = {
        (name, module)
        for name, tree in under("ingot/domain/").items()
        for module in imported(tree)
        if not any(is_in(module, package) for package in allowed)
    }
    assert foreign == set()


def test_the_domain_never_asks_what_time_it_is() -> None:
    clocks = {"now", "today", "utcnow", "time", "monotonic", "perf_counter"}
    found = {
        (name, node.lineno)
        for name, tree in under("ingot/domain/").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in clocks
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time"}
    }
    assert found == set()


@pytest.mark.parametrize("number", range(len(LAYERS)))
def test_imports_run_downwards_only(number: int) -> None:
    above = [package for row in LAYERS[:number] for package in row]
    wrong = {
        (name, module)
        for package in LAYERS[number]
        for name, tree in files().items()
        if name.startswith((f"{package.replace('.', '/')}/", f"{package.replace('.', '/')}.py"))
        for module in imported(tree)
        if any(is_in(module, higher) for higher in above)
    }
    assert wrong == set()


def test_no_file_names_a_path_of_one_machine() -> None:
    place = "/" + "work" + "/"
    assert [name for name in files() if place in (ROOT / name).read_text("utf-8")] == []
