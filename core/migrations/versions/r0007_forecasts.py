"""Forecasts as they were made: runs, forecasts of dealers and of regions."""

import sqlalchemy as sa
from alembic import op

from core import db

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "forecast_runs",
        sa.Column("id", db.Key(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("origin", sa.Date(), nullable=False),
        sa.Column("started_at", db.UtcDateTime(), nullable=False),
        sa.Column("finished_at", db.UtcDateTime(), nullable=True),
        sa.Column("series", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forecast_runs")),
        sa.UniqueConstraint("day", name=op.f("uq_forecast_runs_day")),
    )
    op.create_table(
        "dealer_forecasts",
        sa.Column("id", db.Key(), nullable=False),
        sa.Column("dealer_id", db.Key(), nullable=False),
        *_foreseen(),
        sa.ForeignKeyConstraint(["dealer_id"], ["dealers.id"], name=op.f("fk_dealer_forecasts_dealer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dealer_forecasts")),
        sa.UniqueConstraint("dealer_id", "what", "origin", name=op.f("uq_dealer_forecasts_dealer_id_what_origin")),
    )
    op.create_table(
        "region_forecasts",
        sa.Column("id", db.Key(), nullable=False),
        sa.Column("region_path", db.Code(200), nullable=False),
        *_foreseen(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region_forecasts")),
        sa.UniqueConstraint("region_path", "what", "origin", name=op.f("uq_region_forecasts_region_path_what_origin")),
    )


def _foreseen() -> list[sa.Column[object]]:
    return [
        sa.Column("origin", sa.Date(), nullable=False),
        sa.Column("what", db.Code(48), nullable=False),
        sa.Column("path", db.Document(), nullable=False),
        sa.Column("method", db.Code(48), nullable=False),
        sa.Column("confidence", db.Code(16), nullable=False),
        sa.Column("width", db.Rate(), nullable=False),
        sa.Column("replayed", sa.Boolean(), nullable=False),
    ]
