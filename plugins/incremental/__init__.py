"""Builds the site: all of it, or only what changed, with the same bytes.

Makes no outputs of its own. It reads the families that the other plugins registered, keeps
its memory in `<site>/.state/build.db` (deleting it is safe) and appends each build's changed and
removed paths to `<site>/.state/changes.jsonl` for publishing. `python -m plugins.incremental` has
the verbs `build` and `verify`.

Settings: `LOA_WORKERS` (processes; default: the machine's cores), `LOA_TEMPLATE_CACHE` (folder of
compiled templates).
"""


def register() -> None:
    """Nothing to register: `pelican_class.SitePelican` is Pelican's class for the build."""
