"""Orders with their lines, what is reserved for them, and how they travel."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db import Base, Code, Id, Key, Mastered, Money, Name, UtcDateTime, dealer_owned
from core.orders.rules import OrderState

__all__ = ["Counter", "Order", "OrderLine", "OrderState", "Reservation", "Shipment", "ShipmentLine"]


class Order(Mastered, Base):
    """What a dealer ordered; amounts include tax, ``discount`` has been taken off ``amount``."""

    __tablename__ = "orders"
    __table_args__ = dealer_owned((Index("ix_orders_dealer_placed", "dealer_id", "placed_at"),))

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    number: Mapped[str] = mapped_column(Code(32), unique=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"))
    state: Mapped[str] = mapped_column("status", Code(24), index=True)
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime())
    placed_on: Mapped[date] = mapped_column(Date, index=True)
    placed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"), default=None)
    ship_to_id: Mapped[int | None] = mapped_column(ForeignKey("ship_tos.id"), default=None)
    wanted_on: Mapped[date | None] = mapped_column(Date, default=None)
    remark: Mapped[str | None] = mapped_column(Name(500), default=None)
    reason: Mapped[str | None] = mapped_column(Name(500), default=None)
    currency: Mapped[str] = mapped_column(Code(3))
    amount: Mapped[Decimal] = mapped_column(Money())
    discount: Mapped[Decimal] = mapped_column(Money(), default=Decimal(0))
    proposal_id: Mapped[UUID | None] = mapped_column(Id(), unique=True, default=None)
    lines: Mapped[list["OrderLine"]] = relationship(order_by="OrderLine.position", lazy="raise")
    shipments: Mapped[list["Shipment"]] = relationship(order_by="Shipment.id", lazy="raise")


class OrderLine(Base):
    """A product on an order; the price and where it came from are copied, so a later list changes nothing.

    ``net`` is ``amount`` less its part of the order's discounts; None on orders from before it was kept.
    """

    __tablename__ = "order_lines"
    __table_args__ = dealer_owned((Index("ix_order_lines_dealer_product", "dealer_id", "product_id"),))

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"))
    position: Mapped[int]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    quantity: Mapped[int]
    unit: Mapped[str] = mapped_column(Code(16))
    bottles: Mapped[int]
    price: Mapped[Decimal] = mapped_column(Money())
    amount: Mapped[Decimal] = mapped_column(Money())
    net: Mapped[Decimal | None] = mapped_column(Money(), default=None)
    price_id: Mapped[int | None] = mapped_column(ForeignKey("prices.id"), default=None)
    promotion_id: Mapped[int | None] = mapped_column(ForeignKey("promotions.id"), default=None)
    is_free: Mapped[bool] = mapped_column(default=False)
    counts_for_rebate: Mapped[bool] = mapped_column(default=True)


class Reservation(Base):
    """Bottles of a stock row that are promised to an order line until they ship or the order ends."""

    __tablename__ = "reservations"
    __table_args__ = dealer_owned()

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"), index=True)
    stock_id: Mapped[int] = mapped_column(ForeignKey("stock.id"), index=True)
    bottles: Mapped[int]


class Shipment(Mastered, Base):
    """A truck with a part or the whole of an order."""

    __tablename__ = "shipments"
    __table_args__ = dealer_owned((UniqueConstraint("number"),))

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    number: Mapped[str] = mapped_column(Code(32))
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"), index=True)
    carrier: Mapped[str] = mapped_column(Name(80))
    tracking: Mapped[str] = mapped_column(Code(64))
    shipped_on: Mapped[date] = mapped_column(Date)
    eta: Mapped[date] = mapped_column(Date)
    received_on: Mapped[date | None] = mapped_column(Date, default=None)
    lines: Mapped[list["ShipmentLine"]] = relationship(lazy="raise")


class ShipmentLine(Base):
    """Bottles of an order line in a shipment, from one lot."""

    __tablename__ = "shipment_lines"
    __table_args__ = dealer_owned()

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipments.id"), index=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"), index=True)
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), index=True)
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"), default=None)
    lot_number: Mapped[str] = mapped_column(Code(40))
    bottles: Mapped[int]


class Counter(Base):
    """The last number given out in a series (``SO-20261120``); the row is the lock, so numbers have no gaps."""

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(Code(64), primary_key=True)
    last: Mapped[int]
