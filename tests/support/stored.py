"""Claims as a database would give them back, without one."""

from dataclasses import replace

from models.claim import Extraction
from models.keys import claim_keys, release_key
from models.release import Release
from models.stored import StoredClaim
from tests.support.releases import SOURCE, moment


def stored_claims(url: str, release: Release, read: Extraction, *, source_id: str = SOURCE) -> list[StoredClaim]:
    """The current readings of a release's claims."""
    release_id = release_key(source_id, url)
    keys = claim_keys(release_id, release.text, read.claims)
    return [
        StoredClaim(
            key=key,
            claim=replace(claim, whole=None),
            whole_key=None if claim.whole is None else keys[claim.whole],
            release_id=release_id,
            release_title=release.title,
            url=url,
            source_id=source_id,
            published=release.published,
            snapshot_hash="0" * 64,
            first_seen=release.published or moment("2024-01-01"),
            extractor_version=read.extractor_version,
            decision=None,
            current=True,
        )
        for key, claim in zip(keys, read.claims, strict=True)
    ]
