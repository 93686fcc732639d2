"""What the built-in brain may learn from: candidates, opinions."""

import sqlalchemy as sa
from alembic import op

from core import db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learning_candidates",
        sa.Column("id", db.Key(), nullable=False),
        sa.Column("turn_id", db.Id(), nullable=False),
        sa.Column("conversation_id", db.Id(), nullable=False),
        sa.Column("kind", db.Code(16), nullable=False),
        sa.Column("text", db.Words(), nullable=False),
        sa.Column("intents", db.Document(), nullable=False),
        sa.Column("state", db.Code(16), nullable=False),
        sa.Column("at", db.UtcDateTime(), nullable=False),
        sa.Column("decided_at", db.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_learning_candidates_conversation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_candidates")),
        sa.UniqueConstraint("turn_id", name=op.f("uq_learning_candidates_turn_id")),
    )
    op.create_index(
        op.f("ix_learning_candidates_conversation_id"), "learning_candidates", ["conversation_id"], unique=False
    )
    op.create_index("ix_learning_candidates_state", "learning_candidates", ["state", "at"], unique=False)
    op.create_table(
        "opinions",
        sa.Column("turn_id", db.Id(), nullable=False),
        sa.Column("conversation_id", db.Id(), nullable=False),
        sa.Column("good", sa.Boolean(), nullable=False),
        sa.Column("at", db.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["conversation_id"], ["conversations.id"], name=op.f("fk_opinions_conversation_id")),
        sa.PrimaryKeyConstraint("turn_id", name=op.f("pk_opinions")),
    )
    op.create_index(op.f("ix_opinions_conversation_id"), "opinions", ["conversation_id"], unique=False)
