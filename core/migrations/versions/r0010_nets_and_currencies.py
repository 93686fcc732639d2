"""What each order line costs once discounts are off (lines from before: none); in which currency a promotion is."""

import sqlalchemy as sa
from alembic import op

from core import db

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("order_lines", sa.Column("net", db.Money(), nullable=True))
    op.add_column("promotions", sa.Column("currency", db.Code(3), nullable=True))
    # Goods under a discount from a threshold on counted for rebates whatever it said: what stands goes on as before.
    promotions = sa.table("promotions", sa.column("kind", sa.String), sa.column("counts_for_rebate", sa.Boolean))
    op.execute(promotions.update().where(promotions.c.kind == "threshold").values(counts_for_rebate=True))
