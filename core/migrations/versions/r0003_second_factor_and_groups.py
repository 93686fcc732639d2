"""Second factors, groups bound to a dealer, and how far a message got on its way out."""

import sqlalchemy as sa
from alembic import op

from core import db

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_members",
        sa.Column("id", db.Key(), nullable=False),
        sa.Column("channel", db.Code(32), nullable=False),
        sa.Column("chat", db.Code(128), nullable=False),
        sa.Column("account", db.Code(128), nullable=False),
        sa.Column("seen_at", db.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_members")),
        sa.UniqueConstraint("channel", "chat", "account", name=op.f("uq_group_members_channel_chat_account")),
    )
    op.create_table(
        "factors",
        sa.Column("id", db.Key(), nullable=False),
        sa.Column("person_id", db.Key(), nullable=False),
        sa.Column("secret", db.Name(300), nullable=False),
        sa.Column("enrolled_at", db.UtcDateTime(), nullable=False),
        sa.Column("enrolled_by", db.Code(64), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("locked_at", db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_factors_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factors")),
        sa.UniqueConstraint("person_id", name=op.f("uq_factors_person_id")),
    )
    op.create_table(
        "bound_groups",
        sa.Column("id", db.Key(), nullable=False),
        sa.Column("channel", db.Code(32), nullable=False),
        sa.Column("chat", db.Code(128), nullable=False),
        sa.Column("dealer_id", db.Key(), nullable=False),
        sa.Column("bound_by", db.Code(64), nullable=False),
        sa.Column("bound_at", db.UtcDateTime(), nullable=False),
        sa.Column("unbound_at", db.UtcDateTime(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("counted_at", db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["dealer_id"], ["dealers.id"], name=op.f("fk_bound_groups_dealer_id_dealers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bound_groups")),
        sa.UniqueConstraint("channel", "chat", name=op.f("uq_bound_groups_channel_chat")),
    )
    op.create_index(op.f("ix_bound_groups_dealer_id"), "bound_groups", ["dealer_id"], unique=False)
    op.add_column("outbox", sa.Column("parts", sa.Integer(), nullable=True))
    op.add_column("outbox", sa.Column("unsure", sa.Boolean(), nullable=True))
    op.add_column("outbox", sa.Column("error", db.Name(300), nullable=True))
