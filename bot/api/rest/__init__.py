"""REST: what a dealer's or the brand's own system needs, described at ``/api/openapi.json``."""
