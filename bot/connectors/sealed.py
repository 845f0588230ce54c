"""Secrets at rest: sealed with a key of the process, and only to be opened for what they were sealed for."""

import json
import os
from collections.abc import Mapping, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


class WrongKey(Exception):
    """None of the keys opens it: it was sealed with another one, or for something else."""


def seal(keys: Sequence[bytes], belongs_to: str, secrets: Mapping[str, str]) -> bytes:
    """Encrypts with the first key, by AES-GCM, for what it belongs to."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(keys[0]).encrypt(nonce, json.dumps(dict(secrets)).encode(), belongs_to.encode())


def unseal(keys: Sequence[bytes], belongs_to: str, sealed: bytes) -> tuple[dict[str, str], bool]:
    """What was sealed, and whether that was done with the first key; raises ``WrongKey``."""
    for place, key in enumerate(keys):
        try:
            text = AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], belongs_to.encode())
        except (InvalidTag, ValueError):  # the latter for what is too short to be anything
            continue
        secrets: dict[str, str] = json.loads(text)
        return secrets, place == 0
    raise WrongKey
