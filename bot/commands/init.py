"""``qudao init``: an empty database for a real brand."""

from zoneinfo import ZoneInfo, available_timezones

import click
from babel.numbers import list_currencies

from bot.commands.common import configured, run
from core import migrations
from core.actor import system
from core.brand import service as brands
from core.clock import system_clock
from core.db import Database
from core.errors import Refused
from core.people import service as people


@click.command("init")
@click.option("--name", required=True, help="The brand's name.")
@click.option("--name-en", default="", help="Its English name; the same when absent.")
@click.option("--zone", default="Asia/Shanghai", show_default=True, help="Where the brand trades (IANA name).")
@click.option("--currency", default="CNY", show_default=True)
@click.option("--fiscal-year-start", type=click.IntRange(1, 12), default=1, show_default=True, metavar="MONTH")
@click.option("--admin", default="admin", show_default=True, help="Handle of the first administrator.")
def command(name: str, name_en: str, zone: str, currency: str, fiscal_year_start: int, admin: str) -> None:
    """Make an empty database for a brand, with one administrator; print an invite for them."""
    if zone not in available_timezones():
        raise click.BadParameter(f"{zone!r} is no IANA time zone", param_hint="--zone")
    if currency not in list_currencies():
        raise click.BadParameter(f"{currency!r} is no ISO 4217 currency", param_hint="--currency")
    run(_init(brands.NewBrand(name, name_en or name, zone, currency, fiscal_year_start), admin))
    click.echo(f"The database is ready. Next: qudao invite {admin}")


async def _init(new: brands.NewBrand, admin: str) -> None:
    settings = configured()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    await migrations.upgrade(settings.url)
    database = Database(settings.url)
    now = system_clock()
    try:
        async with database.writes.begin() as session:
            if await brands.exists(session):
                raise Refused("brand.exists")
            await brands.found(session, system("init"), new, now.astimezone(ZoneInfo(new.zone)).date(), now)
            await people.add_admin(session, system("init"), admin, now)
    finally:
        await database.close()
