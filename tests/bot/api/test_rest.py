"""The REST interface as an ERP uses it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.asking import ask
from bot.desk import Desk
from bot.incoming import Incoming
from core.clock import fixed_clock
from core.conversations.models import Message
from core.documents import files
from core.keys.scopes import Scope
from core.replies import File, Reply
from tests.bot.api.asking import TWENTY_CASES, Call, client_of, ok, orders, problem
from tests.bot.api.conftest import KeyFor


async def test_a_key_says_whose_it_is(call: Call) -> None:
    me = await ok(await (await call("D001-buyer")).get("/me"))
    assert (me["handle"], me["role"], me["dealer"]) == ("D001-buyer", "buyer", "D001")
    assert "sales.read" not in me["permissions"]


async def test_products_come_page_by_page_in_the_language_asked_for(call: Call) -> None:
    client = await call("D001-buyer", language="en-GB,zh;q=0.5")
    whole = (await ok(await client.get("/products", params={"limit": 200})))["items"]
    paged: list[Any] = []
    cursor = None
    while True:
        page = await ok(await client.get("/products", params={"limit": 7} | ({"cursor": cursor} if cursor else {})))
        paged += page["items"]
        if (cursor := page["next"]) is None:
            break
    assert paged == whole
    assert len({one["sku"] for one in whole}) == len(whole) > 7
    assert "Green tea" in {one["name"].partition(" 500")[0] for one in whole}


async def test_a_quote_is_the_dealers_own(call: Call) -> None:
    client = await call("D001-buyer")
    quote = await ok(await client.get("/products/W-550/quote", params={"quantity": "10"}))
    assert (quote["dealer"], quote["cases"], quote["price"]) == ("D001", 10, {"amount": "28.51", "currency": "CNY"})
    assert quote["amount"] == {"amount": "285.10", "currency": "CNY"}
    await problem(await client.get("/products/W-550/quote", params={"dealer": "D002"}), 404, "dealer.not_found")
    await problem(await client.get("/products/X-1/quote"), 404, "product.unknown")


async def test_orders_are_paged_without_a_gap_or_a_repetition(call: Call) -> None:
    client = await call("D001-buyer")
    numbers: list[str] = []
    cursor = None
    while True:
        page = await ok(await client.get("/orders", params={"limit": 50} | ({"cursor": cursor} if cursor else {})))
        numbers += [one["number"] for one in page["items"]]
        assert {one["dealer"]["code"] for one in page["items"]} == {"D001"}
        if (cursor := page["next"]) is None:
            break
    assert len(set(numbers)) == len(numbers) > 50
    assert numbers == sorted(numbers, key=lambda number: number[:11], reverse=True)
    await problem(await client.get("/orders", params={"cursor": "nonsense"}), 422, "api.bad_cursor")


async def test_an_order_is_shown_whole(call: Call) -> None:
    order = await ok(await (await call("D001-buyer")).get("/orders/SO-20261119-002"))
    assert order["dealer"]["code"] == "D001"
    assert order["lines"]
    assert order["amount"]["currency"] == "CNY"


@pytest.mark.parametrize(
    ("foreign", "missing"),
    [
        ("/orders/SO-20261118-005", "/orders/SO-20261118-999"),
        ("/account?dealer=D002", "/account?dealer=D999"),
        ("/rebates?dealer=D002", "/rebates?dealer=D999"),
        ("/orders?dealer=D002", "/orders?dealer=D999"),
        ("/products/W-550/quote?dealer=D002", "/products/W-550/quote?dealer=D999"),
    ],
)
async def test_what_is_anothers_looks_missing(call: Call, foreign: str, missing: str) -> None:
    client = await call("D001-buyer")
    one, other = await client.get(foreign), await client.get(missing)
    assert one.status_code == other.status_code == 404

    def told(text: str) -> str:
        return text.replace("SO-20261118-005", "…").replace("SO-20261118-999", "…")

    assert told(one.text) == told(other.text)


async def test_account_and_rebate_are_as_the_desk_says_them(call: Call) -> None:
    client = await call("D001-buyer")
    rebate = (await ok(await client.get("/rebates")))["items"][0]
    assert rebate["amount"] == {"amount": "2718.31", "currency": "CNY"}
    assert rebate["estimated"] is True
    account = await ok(await client.get("/account"))
    assert account["dealer"] == "D001"
    assert account["credit_limit"]


async def test_sales_are_for_those_who_look_after_dealers(call: Call) -> None:
    await problem(await (await call("D001-buyer")).get("/sales"), 403, "error.not_permitted")
    sales = await ok(await (await call("rep-east")).get("/sales", params={"by": "dealer", "period": "2026-10"}))
    assert sales["rows"]
    await problem(await (await call("rep-east")).get("/sales", params={"dealer": "D040"}), 404, "dealer.not_found")


async def test_a_service_reads_what_its_scopes_name_and_proposes_nothing(call: Call) -> None:
    erp = await call(None, Scope.CATALOGUE, Scope.ORDERS, name="erp")
    dealers = {one["dealer"]["code"] for one in (await ok(await erp.get("/orders", params={"limit": 200})))["items"]}
    assert {"D001", "D002", "D040"} & dealers
    await problem(await erp.get("/account", params={"dealer": "D001"}), 403, "keys.no_scope")
    await problem(await erp.post("/orders", json=TWENTY_CASES | {"dealer": "D001"}), 403, "keys.no_scope")
    await problem(await erp.post("/messages", json={"text": "你好"}), 403, "keys.no_scope")


async def test_documents_are_listed_searched_and_opened(call: Call) -> None:
    client = await call("D001-buyer")
    page = await ok(await client.get("/documents"))
    for one in page["items"]:
        opened = await client.get(f"/documents/{one['version']}/file")
        assert opened.status_code == 200
        assert opened.content
    found = await ok(await client.get("/documents/search", params={"question": "保质期多久"}))
    assert found["verdict"] in {"sure", "near", "none"}
    assert (await client.get("/documents/999999999999999999999999/file")).status_code == 404


@pytest.mark.database
async def test_proposing_orders_nothing_and_confirming_orders_once(call: Call, desk: Desk) -> None:
    client = await call("D001-buyer")
    before = await orders(desk)
    proposal = await ok(await client.post("/orders", json=TWENTY_CASES), 201)
    assert (proposal["status"], proposal["needs"], proposal["may_confirm"]) == ("open", "word", True)
    assert "570.20" in proposal["text"]
    assert await orders(desk) == before
    waiting = await ok(await client.get("/proposals"))
    assert [one["id"] for one in waiting["items"]] == [proposal["id"]]

    done = await ok(await client.post(f"/proposals/{proposal['id']}/confirm"))
    assert done["first"] is True
    assert done["order"].startswith("SO-20261120-")
    again = await ok(await client.post(f"/proposals/{proposal['id']}/confirm"))
    assert (again["first"], again["order"]) == (False, done["order"])
    assert await orders(desk) == before + 1
    assert (await ok(await client.get(f"/orders/{done['order']}")))["amount"]["amount"] == "570.20"


async def test_the_first_day_of_a_quarter_has_rebates(desk: Desk, key_for: KeyFor) -> None:
    first_day = replace(desk, clock=fixed_clock(datetime(2026, 10, 1, 2, 0, tzinfo=UTC)))
    async with client_of(first_day, await key_for("D001-buyer")) as client:
        statements = (await ok(await client.get("/rebates")))["items"]
        told = await ok(await client.post("/messages", json={"text": "返利多少"}))
    assert [one["period"] for one in statements] == ["2026Q4"]
    assert "2026" in told["text"]


async def test_a_key_without_confirm_proposes_and_its_person_confirms_on_the_page(call: Call, desk: Desk) -> None:
    program = await call("D001-buyer", Scope.ORDERS, Scope.PROPOSE)
    proposal = await ok(await program.post("/orders", json=TWENTY_CASES), 201)
    assert proposal["may_confirm"] is False
    await problem(await program.post(f"/proposals/{proposal['id']}/confirm"), 403, "keys.no_scope")
    async with desk.database.reads() as session:
        shown = (await session.execute(select(Message.reply).where(Message.by_desk))).scalars().all()
    assert [proposal["id"] in str(reply) for reply in shown] == [True]
    person = await call("D001-buyer")
    assert (await ok(await person.post(f"/proposals/{proposal['id']}/confirm")))["order"]


async def test_a_foreign_proposal_looks_missing(call: Call) -> None:
    proposal = await ok(await (await call("D001-buyer")).post("/orders", json=TWENTY_CASES), 201)
    other = await call("D002-owner")
    for response in (
        await other.get(f"/proposals/{proposal['id']}"),
        await other.post(f"/proposals/{proposal['id']}/confirm"),
        await other.post(f"/proposals/{proposal['id']}/cancel"),
    ):
        await problem(response, 404, "proposals.not_found")


async def test_a_proposal_taken_back_can_not_be_confirmed(call: Call, desk: Desk) -> None:
    client = await call("D001-buyer")
    before = await orders(desk)
    proposal = await ok(await client.post("/orders", json=TWENTY_CASES), 201)
    assert (await ok(await client.post(f"/proposals/{proposal['id']}/cancel")))["status"] == "cancelled"
    await problem(await client.post(f"/proposals/{proposal['id']}/confirm"), 410, "proposal.cancelled")
    assert await orders(desk) == before


async def test_what_a_rep_proposes_waits_for_the_dealer(call: Call) -> None:
    rep = await call("rep-east")
    proposal = await ok(await rep.post("/orders", json=TWENTY_CASES | {"dealer": "D001"}), 201)
    assert proposal["may_confirm"] is False
    await problem(await rep.post(f"/proposals/{proposal['id']}/confirm"), 403, "proposals.no_press")
    buyer = await call("D001-buyer")
    assert proposal["id"] in {one["id"] for one in (await ok(await buyer.get("/proposals")))["items"]}
    assert (await ok(await buyer.post(f"/proposals/{proposal['id']}/confirm")))["order"]


async def test_a_message_is_answered_with_blocks_and_its_button_pressed(call: Call, desk: Desk) -> None:
    client = await call("D001-buyer")
    before = await orders(desk)
    reply = await ok(await client.post("/messages", json={"text": "要10箱矿泉水"}))
    (row,) = [block for block in reply["blocks"] if block["type"] == "buttons"]
    button = next(one for one in row["buttons"] if one["id"] == "confirm")
    pressed = await ok(await client.post("/messages", json={"press": "confirm", "proposal": button["proposal"]}))
    assert "SO-20261120-" in pressed["text"]
    assert await orders(desk) == before + 1

    (conversation,) = (await ok(await client.get("/conversations")))["items"]
    page = await ok(await client.get(f"/conversations/{conversation['id']}/messages", params={"limit": 3}))
    assert [one["by"] for one in page["items"]] == ["desk", "person", "desk"]
    path = f"/conversations/{conversation['id']}/messages"
    earlier = await ok(await client.get(path, params={"limit": 3, "cursor": page["next"]}))
    assert [one["text"] for one in earlier["items"]] == ["要10箱矿泉水"]
    assert earlier["next"] is None
    await problem(await (await call("D001-owner")).get(path), 404, "error.not_found")


async def test_refusals_come_in_the_language_asked_for(call: Call) -> None:
    client = await call("D001-buyer")
    chinese = await client.get("/orders/SO-1")
    english = await client.get("/orders/SO-1", headers={"accept-language": "en"})
    assert chinese.json()["detail"] != english.json()["detail"]
    assert english.json()["detail"].isascii()


async def test_what_does_not_fit_is_named(call: Call) -> None:
    client = await call("D001-buyer")
    told = await problem(await client.post("/orders", json={"lines": [{"sku": "W-550"}]}), 422, "error.bad_input")
    assert told["errors"] == [{"at": "/body/lines/0/quantity", "kind": "missing", "text": "Field required"}]


async def test_an_expired_key_is_refused(call: Call) -> None:
    client = await call("D001-buyer", lasts=timedelta(0))
    response = await client.get("/me")
    await problem(response, 401, "api.no_key")
    assert response.headers["www-authenticate"] == "Bearer"


async def test_the_description_is_open_to_read(call: Call) -> None:
    described = await ok(await (await call("D001-buyer")).get("/openapi.json", headers={"authorization": ""}))
    assert described["openapi"].startswith("3.")
    assert described["servers"] == [{"url": "/api"}]
    assert {"/orders", "/proposals/{proposal_id}/confirm", "/messages"} <= described["paths"].keys()


class TestRates:
    @pytest.fixture
    def settings(self, tmp_path: Any) -> Any:
        from core.settings import Settings

        return Settings(data_dir=tmp_path, embedder="none", api_rate=3, _env_file=None)

    async def test_a_key_that_asks_too_often_has_to_wait_and_others_go_on(self, call: Call) -> None:
        client, other = await call("D001-buyer"), await call("D002-buyer")
        assert [(await client.get("/me")).status_code for _ in range(4)] == [200, 200, 200, 429]
        slow = await client.get("/me")
        await problem(slow, 429, "web.too_many_tries")
        assert 0 < int(slow.headers["retry-after"]) <= 20
        assert (await other.get("/me")).status_code == 200

    async def test_guessing_keys_has_to_wait(self, call: Call) -> None:
        client = await call("D001-buyer")
        wrong = {"authorization": f"Bearer qd_{'0' * 12}_{'A' * 43}"}
        statuses = [(await client.get("/me", headers=wrong)).status_code for _ in range(25)]
        assert statuses[:20] == [401] * 20
        assert statuses[-1] == 429


class TestNarrowKeys:
    """A key that may only talk, of a person who was told more with another and on the page."""

    @pytest.fixture
    async def full(self, call: Call) -> Any:
        client = await call("D001-buyer")
        assert "¥" in (await ok(await client.post("/messages", json={"text": "我的额度还有多少"})))["text"]
        return client

    @pytest.fixture
    async def narrow(self, call: Call) -> Any:
        return await call("D001-buyer", Scope.MESSAGES)

    async def test_it_reads_what_it_was_told_itself(self, full: Any, narrow: Any) -> None:
        (theirs,) = (await ok(await full.get("/conversations")))["items"]
        assert (await ok(await narrow.get("/conversations")))["items"] == []
        path = f"/conversations/{theirs['id']}/messages"
        await problem(await narrow.get(path), 404, "error.not_found")

        await ok(await narrow.post("/messages", json={"text": "你好"}))
        assert [one["id"] for one in (await ok(await narrow.get("/conversations")))["items"]] == [theirs["id"]]
        said = (await ok(await narrow.get(path)))["items"]
        assert [one["by"] for one in said] == ["person", "desk"]
        assert said[0]["text"] == "你好"
        assert [one["text"] for one in (await ok(await full.get(path)))["items"]][::2] == ["我的额度还有多少"]

    async def test_what_was_said_on_the_page_is_no_keys(self, full: Any, desk: Desk) -> None:
        await ask(desk, Incoming("terminal", "D001-buyer", "D001-buyer", "我的额度还有多少"))
        assert {one["channel"] for one in (await ok(await full.get("/conversations")))["items"]} == {"api"}

    async def test_no_press_of_it_shows_what_another_key_was_told(self, full: Any, narrow: Any) -> None:
        told = await ok(await full.post("/messages", json={"text": "我最近的订单到哪了"}))
        assert "more" in {one["id"] for block in told["blocks"] for one in block.get("buttons", ())}
        assert "¥" not in (await ok(await narrow.post("/messages", json={"press": "more"})))["text"]

    async def test_it_opens_no_file_that_another_key_was_sent(self, full: Any, narrow: Any, desk: Desk) -> None:
        await ok(await narrow.post("/messages", json={"text": "你好"}))
        (theirs,) = (await ok(await full.get("/conversations")))["items"]
        async with desk.database.writes.begin() as session:
            sha256 = await files.store(session, b"%PDF-1.7", "application/pdf", desk.clock())
            told = await session.execute(select(Message).where(Message.text.contains("¥"), Message.by_desk))
            told.scalar_one().reply = Reply((File("bill.pdf", sha256, "application/pdf"),)).as_json()
        path = f"/conversations/{theirs['id']}/files/{sha256}"
        assert (await full.get(path)).content == b"%PDF-1.7"
        await problem(await narrow.get(path), 404, "error.not_found")

    async def test_it_takes_nothing_back(self, full: Any, narrow: Any) -> None:
        proposal = await ok(await full.post("/orders", json=TWENTY_CASES), 201)
        await problem(await narrow.post(f"/proposals/{proposal['id']}/cancel"), 403, "keys.no_scope")
        for said in ({"press": "cancel", "proposal": proposal["id"]}, {"text": "取消"}):
            await ok(await narrow.post("/messages", json=said))
        assert (await ok(await full.get(f"/proposals/{proposal['id']}")))["status"] == "open"

    async def test_a_key_without_propose_takes_back_nothing_that_it_was_shown(self, full: Any, call: Call) -> None:
        proposal = await ok(await full.post("/orders", json=TWENTY_CASES), 201)
        confirming = await call("D001-buyer", Scope.MESSAGES, Scope.CONFIRM)
        shown = await ok(await confirming.post("/messages", json={"text": "等我确认的"}))
        assert proposal["id"] in str(shown["blocks"])
        for said in ({"text": "取消"}, {"press": "cancel", "proposal": proposal["id"]}):
            assert "propose" in (await ok(await confirming.post("/messages", json=said)))["text"]
        assert (await ok(await full.get(f"/proposals/{proposal['id']}")))["status"] == "open"

    async def test_it_repeats_no_request_of_another_key(self, full: Any, narrow: Any) -> None:
        asked = {"json": {"text": "我的额度还有多少"}, "headers": {"idempotency-key": "one"}}
        assert "¥" in (await ok(await full.post("/messages", **asked)))["text"]
        await problem(await narrow.post("/messages", **asked), 409, "api.key_reused")
