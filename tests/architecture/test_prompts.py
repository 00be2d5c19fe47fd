import ast
from pathlib import Path

import jinja2
import jinja2.meta
import pytest

from ingot.llm.prompt import template

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.stem for path in (ROOT / "ingot/llm/prompts").glob("*.md"))


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_declares_exactly_the_inputs_it_uses(name: str) -> None:
    tree = jinja2.Environment(autoescape=True).parse(template(name).text)
    assert jinja2.meta.find_undeclared_variables(tree) == template(name).inputs


def test_every_prompt_is_asked_somewhere_and_every_asked_prompt_is_there() -> None:
    asked = {
        keyword.value.value
        for file in [*(ROOT / "ingot").rglob("*.py"), *(ROOT / "tasks").rglob("*.py")]
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Prompt"
        for keyword in node.keywords
        if keyword.arg == "name" and isinstance(keyword.value, ast.Constant)
    }
    assert asked == set(NAMES)
