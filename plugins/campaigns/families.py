"""What all outputs of a campaign share: one key, a path below the campaign's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from model.kit import has_kit, has_report
from model.output import Family, Key, Row, Store, public_path

if TYPE_CHECKING:  # a build without such a campaign need not load it
    from model.kinds.campaigns import Campaign


class OfCampaign(Family):
    """One output of each campaign that `wants` it. Key: (document id,)."""

    file: ClassVar[str]
    """Path below the campaign's address."""

    def wants(self, row: Row) -> bool:
        """Return whether the row is a campaign that has this output."""
        return has_kit(row)

    def document_keys(self, row: Row) -> Iterable[Key]:
        """Return the campaign's own output."""
        return [(row.id,)] if self.wants(row) else []

    def foreseen(self, key: Key) -> Iterable[str]:
        """Return the campaign."""
        return [key[0]]

    def path(self, key: Key) -> str:
        """Return the output's path below its campaign's."""
        return public_path(key[0]).lstrip("/") + self.file

    def row(self, key: Key, store: Store) -> Row | None:
        """Return the campaign, or None if the public may not see it or it wants no such output."""
        row = store.document(key[0])
        if row is None or row.kind not in store.site.kinds or not self.wants(row):
            return None
        return row


class OfReports(OfCampaign):
    """One output of each campaign that asks for reports."""

    def wants(self, row: Row) -> bool:
        """Return whether the row is a campaign with reports."""
        return has_report(row)


def campaign_of(row: Row) -> Campaign:
    """Return the row's document as the campaign that it is."""
    return cast("Campaign", row.document)
