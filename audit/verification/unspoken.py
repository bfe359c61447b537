"""The columns of the record that nothing in the record speaks of, and why not."""

OF_NO_MEANING = "a number of its own that nothing refers to"

UNSPOKEN = {
    ("audit_entry", "txid"): (
        "which transaction wrote it: asked once, when that transaction ends"
    ),
    ("audit_commitment", "id"): OF_NO_MEANING,
    ("audit_tile", "id"): OF_NO_MEANING,
    ("audit_cosignature", "id"): OF_NO_MEANING,
    ("audit_checkpoint", "signed_at"): (
        "the signed text of a checkpoint bears no time; a cosignature bears one"
    ),
    ("audit_witness", "name"): "how we call it; its key says who signed",
    **{
        ("audit_verification", column): (
            "what a check found, which the next check finds out by itself"
        )
        for column in ("id", "ran_at", "size", "root", "ok", "discrepancies")
    },
    ("audit_witness", "since"): "when we came to know the key, before any signature",
}
