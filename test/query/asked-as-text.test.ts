import { describe, expect, test } from "vitest";
import { decisions } from "../../src/engine/decisions.ts";
import { expiring } from "../../src/engine/expiring.ts";
import { headroom } from "../../src/engine/headroom/headroom.ts";
import { lots } from "../../src/engine/lots.ts";
import { orders } from "../../src/engine/orders/orders.ts";
import { parseQuery } from "../../src/query/parse-query.ts";
import { openRegister } from "../../src/register/open-register.ts";
import { linesOf } from "../open-text.ts";

/** What the library takes as texts: it is read as the command line reads it, and refused as there. */
const register = await openRegister("examples/fleet.yaml");
const at = "2025-06-30";

test("a query", async () => {
  const asked = "title:vans ceiling:500k..";
  expect(await linesOf(lots(register, { query: asked }), "lot")).toEqual(["1"]);
  expect(await linesOf(lots(register, { query: parseQuery(asked) }), "lot")).toEqual(["1"]);
});

test("a query of ceilings or orders, where these answer", async () => {
  expect(await linesOf(headroom(register, { at, query: "used:80.." }), "ceilingOf")).toEqual([
    "fleet/1",
    "fleet/2 velo",
  ]);
  expect(await linesOf(orders(register, { at, query: "order:PO-001" }), "order")).toEqual(["PO-001"]);
  await expect(linesOf(lots(register, { query: "used:80.." }), "lot")).rejects.toThrow("used");
});

describe("a length of time", () => {
  test("as it does an object", async () => {
    const texts = [
      linesOf(expiring(register, { at }, { within: "2y" }), "what", "end"),
      linesOf(decisions(register, { at }, { within: "2y" }), "act"),
      linesOf(headroom(register, { at }, { burn: "3m" }), "pace"),
    ];
    const objects = [
      linesOf(expiring(register, { at }, { within: { count: 2, unit: "y" } }), "what", "end"),
      linesOf(decisions(register, { at }, { within: { count: 2, unit: "y" } }), "act"),
      linesOf(headroom(register, { at }, { burn: { count: 3, unit: "m" } }), "pace"),
    ];
    expect(await Promise.all(texts)).toEqual(await Promise.all(objects));
    expect((await texts[0])?.length).toBeGreaterThan(0);
  });

  test("refused where it is none", async () => {
    const wrong = `"2 yrs" is not a length of time`;
    await expect(linesOf(expiring(register, { at }, { within: "2 yrs" }), "what")).rejects.toThrow(`within: ${wrong}`);
    expect(() => headroom(register, { at }, { burn: "2 yrs" })).toThrow(`burn: ${wrong}`);
    expect(() => headroom(register, { at }, { burn: "0d" })).toThrow("burn: the length of time must be above zero");
  });
});
