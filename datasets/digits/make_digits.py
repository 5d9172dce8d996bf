"""Rebuild digits.npz from scikit-learn's copy of the UCI handwritten digits.

Only needed to prove where the file comes from; the course itself never imports scikit-learn.

    python -m venv /tmp/digits && /tmp/digits/bin/pip install scikit-learn
    /tmp/digits/bin/python datasets/digits/make_digits.py

The same inputs give the same bytes on every machine: members are stored uncompressed (compressed
bytes differ between zlib builds) and carry a fixed date. The script prints the sha256 of the file;
README.md and autograder/data/digits.py name the same value.
"""

from __future__ import annotations

import hashlib
import io
import sys
import zipfile
from pathlib import Path

import numpy as np

SPLIT_SEED = 0
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip member can carry


def collect() -> dict[str, np.ndarray]:
    """Read the digits from scikit-learn and attach the canonical order of the rows."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    images = digits.images.astype(np.uint8)
    labels = digits.target.astype(np.uint8)
    if images.shape != (1797, 8, 8) or not np.array_equal(images, digits.images):
        raise SystemExit("scikit-learn's digits changed: expected 1,797 images of whole numbers.")
    # The order is stored, not recomputed: NumPy does not promise that a seed gives the same
    # permutation in every future version, and every threshold was measured on this split.
    order = np.random.default_rng(SPLIT_SEED).permutation(len(images)).astype(np.uint16)
    return {"images": images, "labels": labels, "order": order}


def write(path: Path, arrays: dict[str, np.ndarray]) -> str:
    """Write the arrays as a deterministic .npz and return its sha256."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            member = zipfile.ZipInfo(f"{name}.npy", EPOCH)
            member.create_system = 3
            member.external_attr = 0o644 << 16
            body = io.BytesIO()
            np.lib.format.write_array(body, np.ascontiguousarray(array), version=(1, 0))
            archive.writestr(member, body.getvalue())
    path.write_bytes(buffer.getvalue())
    return hashlib.sha256(buffer.getvalue()).hexdigest()


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("digits.npz")
    print(write(target, collect()), target.name, f"{target.stat().st_size} bytes")
