"""What can go wrong with the ledger.

    StoreError
    ├── NoDatabase        there is no ledger yet, and we were told not to make one
    ├── DatabaseTooNew    a later Loudhailer wrote it
    ├── NoSuchDelivery    that number is none
    ├── StoreUnavailable  disk full, read-only, locked, broken: nothing was written
    │   ├── LedgerDamaged the file is not whole, or no ledger: put a backup back
    │   └── LedgerReplaced the file is not the one that we opened: start again
    ├── LeaseLapsed       this process was taken for dead: nothing was written
    ├── StaleDelivery     the row has moved on since it was read: nothing was written
    └── EvidenceTaken     another delivery has that remote post: nothing was written

Texts are for a person: what is wrong, where, what to do.
"""

from __future__ import annotations


class StoreError(Exception):
    """Anything that the ledger could not do."""


class NoDatabase(StoreError):
    """There is no ledger at that place yet."""


class DatabaseTooNew(StoreError):
    """The ledger's tables come from a later version than this one."""


class NoSuchDelivery(StoreError):
    """No delivery has that number."""


class StoreUnavailable(StoreError):
    """The database did not take it; nothing was written."""


class LedgerDamaged(StoreUnavailable):
    """The file is not whole, or no ledger of ours."""


class LedgerReplaced(StoreUnavailable):
    """The file is gone, or another one lies in its place; what we write would be lost."""


class LeaseLapsed(StoreError):
    """Other workers have taken over from this one; nothing was written."""


class StaleDelivery(StoreError):
    """Somebody else has moved the delivery on since it was read; nothing was written."""


class EvidenceTaken(StoreError):
    """The remote post is another delivery's already; nothing was written."""
