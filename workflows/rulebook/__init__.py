"""The law as data: what is required, from when, by which article.

The rule sets are TOML files beside this one, the national texts by date and overlays
for provinces, counties and charters. Nothing here imports anything of ours or of
Django's: a lawyer's copy of this folder can be checked on its own.
"""

from .catalogue import Approval, Document, Item, MatterType
from .chains import Chain, Step
from .choice import (
    BOOK,
    CATALOGUE,
    CHAINS,
    chain,
    illustrate,
    in_force,
    law_says,
    matter_type,
    named,
)
from .load import Rulebook, load
from .ruleset import RuleSet
from .soundness import Overlay
from .types import Key, NoRuleSet, RulebookError, Threshold

__all__ = [
    "BOOK",
    "CATALOGUE",
    "CHAINS",
    "Approval",
    "Chain",
    "Document",
    "Item",
    "Key",
    "MatterType",
    "NoRuleSet",
    "Overlay",
    "RuleSet",
    "Rulebook",
    "RulebookError",
    "Step",
    "Threshold",
    "chain",
    "illustrate",
    "in_force",
    "law_says",
    "load",
    "matter_type",
    "named",
]
