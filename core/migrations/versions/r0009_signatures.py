"""Signatures kept with their contracts; whether one takes a code; which contracts were looked at together."""

import sqlalchemy as sa
from alembic import op

from core import db

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("brand", sa.Column("signing_factor", sa.Boolean(), nullable=True))
    op.add_column("contract_reviews", sa.Column("turn_id", db.Id(), nullable=True))
    op.create_table(
        "contract_signatures",
        sa.Column("id", db.Key(), nullable=False),
        sa.Column("contract_id", db.Key(), nullable=False),
        sa.Column("dealer_id", db.Key(), nullable=False),
        sa.Column("form", db.Code(8), nullable=False),
        sa.Column("signed_sha256", db.Code(64), nullable=False),
        sa.Column("sha256", db.Code(64), nullable=False),
        sa.Column("name", db.Name(200), nullable=False),
        sa.Column("organisation", db.Name(200), nullable=False),
        sa.Column("signed_at", db.UtcDateTime(), nullable=False),
        sa.Column("signed_by", db.Code(64), nullable=False),
        *_points_at("contract_id:contracts.id", "dealer_id:dealers.id"),
        *_points_at("signed_sha256:files.sha256", "sha256:files.sha256"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_signatures")),
        sa.UniqueConstraint("contract_id", "sha256", name=op.f("uq_contract_signatures_contract_id_sha256")),
    )
    op.create_index(op.f("ix_contract_signatures_dealer_id"), "contract_signatures", ["dealer_id"], unique=False)


def _points_at(*columns: str) -> list[sa.ForeignKeyConstraint]:
    pairs = (column.split(":") for column in columns)
    return [
        sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_contract_signatures_{name}")) for name, target in pairs
    ]
