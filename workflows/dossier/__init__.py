"""A matter's dossier: one ZIP that shows by itself what was recorded.

Made twice while the log has the same size, it is the same to the last byte: its time is
the newest checkpoint's, and nothing in it depends on who asked, or when.
"""

from .making import NotNumbered, write_dossier

__all__ = ["NotNumbered", "write_dossier"]
