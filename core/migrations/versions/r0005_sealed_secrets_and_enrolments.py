"""Webhooks' secrets sealed; authenticators that people enrol themselves."""

import sqlalchemy as sa
from alembic import op

from core import db

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("webhooks", sa.Column("sealed_secret", db.Name(300), nullable=True))
    webhooks = sa.table(
        "webhooks",
        sa.column("id", db.Key()),
        sa.column("secret", db.Code(80)),
        sa.column("sealed_secret", db.Name(300)),
        sa.column("ended_at", db.UtcDateTime()),
    )
    live = sa.select(webhooks.c.id, webhooks.c.secret).where(webhooks.c.ended_at.is_(None))
    for row in op.get_bind().execute(live).all():
        kept = {"sealed_secret": f"plain:{row.secret}"}
        op.execute(sa.update(webhooks).where(webhooks.c.id == row.id).values(kept))
    op.drop_column("webhooks", "secret")
    op.create_table(
        "enrolments",
        sa.Column("id", db.Id(), nullable=False),
        sa.Column("person_id", db.Key(), nullable=False),
        sa.Column("secret", db.Name(300), nullable=False),
        sa.Column("begun_at", db.UtcDateTime(), nullable=False),
        sa.Column("expires_at", db.UtcDateTime(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("shown_at", db.UtcDateTime(), nullable=True),
        sa.Column("shown_as", db.Code(64), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_enrolments_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolments")),
        sa.UniqueConstraint("person_id", name=op.f("uq_enrolments_person_id")),
    )
