"""Contracts: the register with versions and dates, the brand's templates, people's own reviews."""

import sqlalchemy as sa
from alembic import op

from core import db

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contracts",
        sa.Column("id", db.Key(), nullable=False),
        sa.Column("dealer_id", db.Key(), nullable=False),
        sa.Column("number", db.Code(40), nullable=False),
        sa.Column("kind", db.Code(24), nullable=False),
        sa.Column("title", db.Name(200), nullable=False),
        sa.Column("side", db.Code(8), nullable=False),
        sa.Column("owner_id", db.Key(), nullable=True),
        sa.Column("state", db.Code(16), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("renews", sa.Boolean(), nullable=False),
        sa.Column("notice_days", sa.Integer(), nullable=True),
        sa.Column("minimum_purchase", db.Money(), nullable=True),
        sa.Column("currency", db.Code(3), nullable=True),
        sa.Column("recorded_at", db.UtcDateTime(), nullable=False),
        sa.Column("changed_at", db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["dealer_id"], ["dealers.id"], name=op.f("fk_contracts_dealer_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_contracts_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contracts")),
        sa.UniqueConstraint("number", name=op.f("uq_contracts_number")),
    )
    op.create_index(op.f("ix_contracts_dealer_id"), "contracts", ["dealer_id"], unique=False)
    op.create_index("ix_contracts_state", "contracts", ["state", "ends_on"], unique=False)
    op.create_table(
        "contract_versions",
        *_of_a_contract(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", db.Code(64), nullable=False),
        sa.Column("name", db.Name(200), nullable=False),
        sa.Column("recorded_at", db.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", db.Code(64), nullable=False),
        *_points_at("contract_versions", "contract_id:contracts.id", "dealer_id:dealers.id", "sha256:files.sha256"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_versions")),
        sa.UniqueConstraint("contract_id", "number", name=op.f("uq_contract_versions_contract_id_number")),
    )
    op.create_index(op.f("ix_contract_versions_dealer_id"), "contract_versions", ["dealer_id"], unique=False)
    op.create_table(
        "contract_dates",
        *_of_a_contract(),
        sa.Column("kind", db.Code(24), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=False),
        sa.Column("told_at", db.UtcDateTime(), nullable=True),
        *_points_at("contract_dates", "contract_id:contracts.id", "dealer_id:dealers.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_dates")),
        sa.UniqueConstraint("contract_id", "kind", "day", name=op.f("uq_contract_dates_contract_id_kind_day")),
    )
    op.create_index(op.f("ix_contract_dates_dealer_id"), "contract_dates", ["dealer_id"], unique=False)
    op.create_index(op.f("ix_contract_dates_remind_on"), "contract_dates", ["remind_on"], unique=False)
    _templates()
    _reviews()


def _templates() -> None:
    op.create_table(
        "contract_templates",
        sa.Column("id", db.Key(), nullable=False),
        sa.Column("kind", db.Code(24), nullable=False),
        sa.Column("language", db.Code(16), nullable=False),
        sa.Column("title", db.Name(200), nullable=False),
        sa.Column("name", db.Name(200), nullable=False),
        sa.Column("sha256", db.Code(64), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_at", db.UtcDateTime(), nullable=False),
        sa.Column("superseded_at", db.UtcDateTime(), nullable=True),
        sa.Column("source", db.Name(200), nullable=True),
        sa.Column("source_page", sa.Integer(), nullable=True),
        *_points_at("contract_templates", "sha256:files.sha256"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_templates")),
    )


def _reviews() -> None:
    op.create_table(
        "contract_reviews",
        sa.Column("id", db.Key(), nullable=False),
        sa.Column("person_id", db.Key(), nullable=False),
        sa.Column("conversation_id", db.Id(), nullable=False),
        sa.Column("sha256", db.Code(64), nullable=False),
        sa.Column("name", db.Name(200), nullable=False),
        sa.Column("side", db.Code(8), nullable=False),
        sa.Column("language", db.Code(16), nullable=False),
        sa.Column("contract_id", db.Key(), nullable=True),
        sa.Column("result", db.Document(), nullable=False),
        sa.Column("made_at", db.UtcDateTime(), nullable=False),
        sa.Column("used_at", db.UtcDateTime(), nullable=False),
        *_points_at(
            "contract_reviews",
            "person_id:people.id",
            "conversation_id:conversations.id",
            "sha256:files.sha256",
            "contract_id:contracts.id",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_reviews")),
        sa.UniqueConstraint(
            "person_id", "conversation_id", "sha256", "side", "language", name="uq_contract_reviews_file"
        ),
    )


def _of_a_contract() -> list[sa.Column[object]]:
    return [
        sa.Column("id", db.Key(), nullable=False),
        sa.Column("contract_id", db.Key(), nullable=False),
        sa.Column("dealer_id", db.Key(), nullable=False),
    ]


def _points_at(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    pairs = (column.split(":") for column in columns)
    return [sa.ForeignKeyConstraint([name], [target], name=op.f(f"fk_{table}_{name}")) for name, target in pairs]
