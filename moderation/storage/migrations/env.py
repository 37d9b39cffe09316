"""How Alembic runs our migrations: on the connection it is handed."""

from alembic import context

from moderation.storage.schema.metadata import add_postgresql_conditions, metadata

add_postgresql_conditions()
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
