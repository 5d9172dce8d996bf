"""Submissions that attack. Each file is read as text and run in the sandbox, never imported.

Each defines ``attack(ctx)``, which returns a list of what it achieved: empty if all was refused.
``ctx`` is a dict of what an attacker might have found out (process ids, paths).
"""
