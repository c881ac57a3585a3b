"""Pelican's settings for publishing: the same site, drafts and demo notices refused by the gate."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from pelicanconf import *  # noqa: F403 - Pelican's way of layering settings

DELETE_OUTPUT_DIRECTORY = False
