"""Findings as they may stand on a page: what was asked, what was seen, how sure, and what else explains it."""

from runmood.summary.share.words.findings.evidence import findings

__all__ = ["findings"]
