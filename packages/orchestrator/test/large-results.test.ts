import { createResultTools } from "@mcs/kit/results";
import { memoryStore } from "@mcs/kit/store";
import { expect, test } from "vitest";
import { Orchestrator } from "../src/index.ts";
import { calculator, single } from "./fixture.ts";

const options = { budget: { tokens: 400 } };
const call = (tool: string, args: object): string => JSON.stringify({ tool, arguments: args });
const rows = Array.from({ length: 2_000 }, (_, index) => index);

test("keeps large results for all of its drivers while result tools are among them", async () => {
  const results = createResultTools({ store: memoryStore() });
  const driver = new Orchestrator({
    drivers: { math: calculator(), rows: single("rows_get", () => rows), results },
  });
  const { messages } = await driver.processLlmResponse(call("rows__rows_get", {}), options);
  const [resultHandle] = /result-[\da-f-]{36}/.exec(JSON.stringify(messages)) ?? [];
  const selected = await driver.processLlmResponse(
    call("results__result_select", { handle: resultHandle, select: "[1999]" }),
    options,
  );
  expect(selected.toolCallResult).toBe(1_999);
  const passedOn = call("math__math_add", { a: { resultHandle, select: "[1999]" }, b: 1 });
  expect((await driver.processLlmResponse(passedOn, options)).toolCallResult).toBe(2_000);

  driver.remove("results");
  expect(await driver.processLlmResponse(passedOn, options)).toMatchObject({ callFailed: true });
  const cut = await driver.processLlmResponse(call("rows__rows_get", {}), options);
  expect(JSON.stringify(cut.messages)).toContain("more of 2000 items");
  expect(JSON.stringify(cut.messages)).not.toContain("resultHandle");
});
