"""The conversation about figures: drafts, immutable submissions, review, acceptance."""
