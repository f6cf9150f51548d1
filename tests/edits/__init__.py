"""One random edit after the other: what a build keeps from run to run must never show in what it says or makes.

A project in a folder is changed, built, changed again and so on, and its .build/ is kept. After each edit the same
project is built in a fresh folder, where nothing is kept: both must say the same and make the same, byte for byte.
`python -m tests.edits` lives through hundreds of edits; tests/test_kept_builds.py through a few.
"""
