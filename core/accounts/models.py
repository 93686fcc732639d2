"""What a dealer owes and has paid."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Code, Key, Mastered, Money, dealer_owned


class Invoice(Mastered, Base):
    """A tax-included invoice; a negative amount is a red one (红字)."""

    __tablename__ = "invoices"
    __table_args__ = dealer_owned((Index("ix_invoices_dealer_issued", "dealer_id", "issued_on"),))

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    number: Mapped[str] = mapped_column(Code(32), unique=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"), index=True, default=None)
    issued_on: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    amount: Mapped[Decimal] = mapped_column(Money())
    currency: Mapped[str] = mapped_column(Code(3))


class InvoiceLine(Base):
    """The part of an invoice that one product makes up, tax included."""

    __tablename__ = "invoice_lines"
    __table_args__ = dealer_owned((Index("ix_invoice_lines_dealer_product", "dealer_id", "product_id"),))

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoices.id"), index=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    bottles: Mapped[int]
    amount: Mapped[Decimal] = mapped_column(Money())
    counts_for_rebate: Mapped[bool] = mapped_column(default=True)


class Payment(Mastered, Base):
    """Money that a dealer paid in; it settles the oldest due invoices first."""

    __tablename__ = "payments"
    __table_args__ = dealer_owned((Index("ix_payments_dealer_received", "dealer_id", "received_on"),))

    id: Mapped[int] = mapped_column(Key(), primary_key=True)
    dealer_id: Mapped[int] = mapped_column(ForeignKey("dealers.id"))
    received_on: Mapped[date] = mapped_column(Date)
    amount: Mapped[Decimal] = mapped_column(Money())
    currency: Mapped[str] = mapped_column(Code(3))
    reference: Mapped[str] = mapped_column(Code(64))
