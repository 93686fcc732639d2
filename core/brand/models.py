"""The brand's own settings, effective-dated."""

from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Code, Document, Key, Money, Name
from core.policy import Policy


class Brand(Policy, Base):
    """How the brand trades from a day on. Limits are in the brand's currency.

    ``signing_factor``: whether a signature under a contract takes a code; None where the brand doesn't say
    (``service.signs_with_code`` decides then).
    """

    __tablename__ = "brand"

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    name: Mapped[str] = mapped_column(Name())
    name_en: Mapped[str] = mapped_column(Name())
    zone: Mapped[str] = mapped_column(Code(64))
    currency: Mapped[str] = mapped_column(Code(3))
    fiscal_year_start: Mapped[int] = mapped_column(default=1)
    locales: Mapped[list[str]] = mapped_column(Document())
    modules: Mapped[list[str]] = mapped_column(Document())
    word_limit: Mapped[Decimal] = mapped_column(Money())
    button_limit: Mapped[Decimal] = mapped_column(Money())
    signing_factor: Mapped[bool | None] = mapped_column(default=None)
    proposal_minutes: Mapped[int] = mapped_column(default=1440)
    overdue_hold_days: Mapped[int] = mapped_column(default=15)
    minimum_order_cases: Mapped[int] = mapped_column(default=1)
    contacts: Mapped[dict[str, Any]] = mapped_column(Document(), default=dict)
    is_demo: Mapped[bool] = mapped_column(default=False)
