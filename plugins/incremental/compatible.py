"""Compatibility mode: with a foreign Pelican plugin, Pelican's own objects and signals run too.

Pelican reads every document into an Article (through the reader of `plugins.documents`), foreign
plugins change them by Pelican's signals, and what stands in `article.content` afterwards is the
body that our families render. Foreign generators write and `finalized` handlers run on the finished
tree. Always a full build.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.generators import ArticlesGenerator, PagesGenerator, StaticGenerator
from pelican.plugins import signals
from pelican.writers import Writer

from model.content import content_files, load
from model.problem import Problem, Problems
from plugins.incremental.build import Recipe, Report, run_build
from plugins.incremental.state import State

if TYPE_CHECKING:
    from pelican import Pelican

OURS = (ArticlesGenerator, PagesGenerator, StaticGenerator)
SETTINGS: dict[str, Any] = {
    "ARTICLE_PATHS": [""],
    "PAGE_PATHS": [],
    "STATIC_PATHS": [],
    "ARTICLE_TRANSLATION_ID": None,
    "DEFAULT_CATEGORY": "tai-lieu",
    "USE_FOLDER_AS_CATEGORY": False,
    "WITH_FUTURE_DATES": True,
    "CACHE_CONTENT": False,
    "LOAD_CONTENT_CACHE": False,
    "SLUGIFY_SOURCE": "basename",
}


def build_compatible(pelican: Pelican, recipe: Recipe) -> Report:
    """Build the whole site with Pelican's Content objects and signals in the loop."""
    _refuse_problems(recipe.folder)
    pelican.settings.update(SETTINGS)
    generators, context = _generators(pelican)
    articles = next(g for g in generators if isinstance(g, ArticlesGenerator))
    contents = [*articles.articles, *articles.translations, *articles.drafts]
    contents += articles.hidden_articles
    recipe.bodies = {item.loa_id: item.content for item in contents}
    report = _build(recipe)
    writer = pelican._get_writer()  # noqa: SLF001 - Pelican has no public name for it
    if not isinstance(writer, Writer):
        raise TypeError(f"{type(writer).__name__} is no Pelican writer")
    _tell(articles, writer, contents, recipe.output, context)
    for generator in generators:
        if not isinstance(generator, OURS) and hasattr(generator, "generate_output"):
            generator.generate_output(writer)
    signals.finalized.send(pelican)
    return report


def _refuse_problems(folder: Path) -> None:
    problems: list[Problem] = []
    for file in content_files(folder):
        try:
            load(file, (folder / file).read_bytes())
        except Problems as error:
            problems += error.problems
    if problems:
        raise Problems(problems)


def _generators(pelican: Pelican) -> tuple[list[Any], dict[str, Any]]:
    """Run Pelican's reading half as `Pelican.run` does, and return its generators and context."""
    context = pelican.settings.copy()
    context.update(generated_content={}, static_links=set(), static_content={})
    context["localsiteurl"] = pelican.settings["SITEURL"]
    generators = [
        kind(
            context=context,
            settings=pelican.settings,
            path=pelican.path,
            theme=pelican.theme,
            output_path=pelican.output_path,
        )
        for kind in pelican._get_generator_classes()  # noqa: SLF001 - as Pelican.run does
    ]
    for generator in generators:
        if hasattr(generator, "generate_context"):
            generator.generate_context()
    signals.all_generators_finalized.send(generators)
    for generator in generators:
        if hasattr(generator, "refresh_metadata_intersite_links"):
            generator.refresh_metadata_intersite_links()
    return generators, context


def _build(recipe: Recipe) -> Report:
    from plugins.incremental.driver import log_build, only_one

    folder = recipe.state
    with only_one(folder):
        for suffix in ("", "-wal", "-shm"):
            (folder / f"build.db{suffix}").unlink(missing_ok=True)
        state = State(folder / "build.db")
        try:
            report = run_build(recipe, state)
            state.reset()  # what foreign plugins add is not in our memory: the next build is full
            log_build(folder / "changes.jsonl", report, gap=True)
        finally:
            state.close()
    return report


def _tell(
    generator: Any, writer: Any, contents: list[Any], output: Path, context: dict[str, Any]
) -> None:
    """Send the signals of written content, as Pelican's writer and generator would."""
    for item in contents:
        path = output / item.save_as
        if path.is_file():
            signals.content_written.send(str(path), context={**context, "article": item})
    signals.article_writer_finalized.send(generator, writer=writer)
