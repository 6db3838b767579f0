"""The published views as JSON over HTTP, and what trusted programs may send: /api/v1."""
