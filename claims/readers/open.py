"""The way in: from a path or a stream to articles and problems."""

import os
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from claims.errors import PathNotFoundError
from claims.model.article import Article
from claims.model.problem import Problem, Reason
from claims.readers.detect import HEAD, Format, detect, is_binary
from claims.readers.jsonl import read_jsonl
from claims.readers.options import MAX_BYTES, ReadOptions, report_too_large
from claims.readers.plain import read_plain
