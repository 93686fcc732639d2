"""What dealers sold on, as they report it."""

from datetime import date

from sqlalchemy import Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Key, dealer_owned


class SellThrough(Base):
    """Bottles of a product that a dealer sold in a month, and those left at its end; ``month`` is its first day."""

    __tablename__ = "sell_through"
    __table_args__ = dealer_owned((UniqueConstraint("dealer_id", "product_id", "month"),))

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    month: Mapped[date] = mapped_column(Date, index=True)
    sold: Mapped[int]
    stock_end: Mapped[int]
