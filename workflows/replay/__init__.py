"""Performs scenarios: one matter from draft to end, as people did it.

The files are read before anything is played (`reading`, `scenario`, `grammar`); each
act then goes through the same acts and duties as from a page (`player`, `deliberating`,
`carrying_out`), and what came of it is read from the database (`report`).
"""
