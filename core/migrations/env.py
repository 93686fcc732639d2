"""Run by Alembic: migrate over the connection that ``core.migrations`` hands in."""

from alembic import context

from core.migrations.rendering import render_item, same_type
from core.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=render_item,
    compare_type=same_type,
    render_as_batch=False,
)
with context.begin_transaction():
    context.run_migrations()
