"""exchange: reviews of claims in the world's own form, schema.org ClaimReview: ours out, others' in."""
