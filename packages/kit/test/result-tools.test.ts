import { MCSToolDriver, resolveCapability, type CallContext, type Failure, type Tool } from "@mcs/core";
import { expect, test } from "vitest";
import * as z from "zod";
import {
  BaseDecorator,
  BaseDriver,
  defineTool,
  findKeeper,
  KeepsResults,
  processWithDrivers,
} from "../src/index.ts";
import { createResultTools } from "../src/results.ts";
import { memoryStore, storeFile } from "../src/store.ts";
import { driverOf, rejection } from "./fixture.ts";

const pets = Array.from({ length: 500 }, (_, id) => ({ id, name: `pet ${id}`, tags: ["a", "b"] }));
const given: unknown[] = [];

const list = defineTool({
  name: "pets_list",
  description: "All pets.",
  annotations: { readOnly: true },
  parameters: z.strictObject({}),
  execute: () => ({ total: pets.length, pets }),
});
const take = defineTool({
  name: "take",
  description: "Takes what it is given.",
  parameters: z.strictObject({
    names: z.array(z.string()).optional(),
    note: z.string().optional(),
    count: z.int().optional(),
    file: z
      .strictObject({ filename: z.string().optional(), mediaType: z.string(), base64: z.string() })
      .optional(),
    reference: z.looseObject({ fileRef: z.string(), size: z.int() }).optional(),
    anything: z.unknown().optional(),
  }),
  execute: (args) => {
    given.push(args);
    return "taken";
  },
});

const budget = { tokens: 600 };

function world(options: Partial<Parameters<typeof createResultTools>[0]> = {}, now = { ms: 1_000 }) {
  const store = memoryStore({ clock: { now: () => now.ms } });
  const results = createResultTools({ store, ...options }, { clock: { now: () => now.ms } });
  const drivers = [driverOf([list, take]), results];
  const call = async (name: string, args: object, context: CallContext = {}): Promise<unknown> => {
    given.length = 0;
    const answer = {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "c1", type: "function", function: { name, arguments: JSON.stringify(args) } }],
    };
    const { messages, results: entries } = await processWithDrivers(drivers, answer, { budget, ...context });
    const [entry] = entries;
    if (entry?.outcome !== "executed") return entry?.failure;
    const { content } = (messages ?? []).at(-1) as { content: string };
    return content.startsWith("{") || content.startsWith("[") ? (JSON.parse(content) as unknown) : content;
  };
  const handleOf = async (context: CallContext = {}): Promise<string> =>
    ((await call("pets_list", {}, context)) as { resultHandle: string }).resultHandle;
  return { store, results, drivers, call, handleOf };
}

test("shows shape, preview and handle of a result over the budget, and the result itself to the program", async () => {
  const { call, drivers } = world();
  expect(await call("pets_list", {})).toEqual({
    resultHandle: expect.stringMatching(/^result-[\da-f-]{36}$/),
    note: expect.any(String),
    shape: "{total: number, pets: [500 × {id: number, name: string, tags: [2 × string]}]}",
    preview: { total: 500, pets: expect.arrayContaining([pets[0]]) },
  });
  const { toolCallResult } = await processWithDrivers(drivers, '{"tool":"pets_list","arguments":{}}', {
    budget,
  });
  expect(toolCallResult).toEqual({ total: 500, pets });
});

test("lists its tools once, and in no other driver's list", async () => {
  const { drivers } = world();
  const names = await Promise.all(
    drivers.map(async (driver) => (await driver.listTools()).map(({ name }) => name)),
  );
  expect(names).toEqual([
    ["pets_list", "take"],
    ["result_select", "result_page"],
  ]);
});

test("selects of a kept result", async () => {
  const { call, handleOf } = world();
  const handle = await handleOf();
  const select = "pets[?id > `497`].{id: id, name: name}";
  expect(await call("result_select", { handle, select })).toEqual([
    { id: 498, name: "pet 498" },
    { id: 499, name: "pet 499" },
  ]);
  expect(await call("result_select", { handle, select: "nothing" })).toBe("null");
});

test("gives a selection that is too large itself a handle", async () => {
  const { call, handleOf } = world();
  const selected = await call("result_select", { handle: await handleOf(), select: "pets[].name" });
  const { resultHandle } = selected as { resultHandle: string };
  expect(await call("result_select", { handle: resultHandle, select: "[499]" })).toBe("pet 499");
});

test("pages through the whole of a list, within the budget", async () => {
  const { call, handleOf } = world();
  const handle = await handleOf();
  const seen: unknown[] = [];
  for (let from: number | undefined = 0; from !== undefined;) {
    const page = (await call("result_page", { handle, select: "pets", from })) as {
      items: unknown[];
      total: number;
      next?: number;
    };
    expect(page.total).toBe(500);
    seen.push(...page.items);
    from = page.next;
  }
  expect(seen).toEqual(pets);
});

test("pages through texts and objects, and through nothing else", async () => {
  const { call, handleOf } = world();
  const handle = await handleOf();
  expect(await call("result_page", { handle, select: "pets[0].name", from: 4, limit: 1 })).toEqual({
    text: "0",
    from: 4,
    total: 5,
  });
  expect(await call("result_page", { handle, select: "pets[0]", limit: 1 })).toEqual({
    members: { id: 0 },
    from: 0,
    total: 3,
    next: 1,
  });
  expect(await call("result_page", { handle, select: "total" })).toMatchObject({
    code: "MCS_INVALID_ARGUMENTS",
  });
});

test("gives a kept value to any tool whose schema takes it, past the model", async () => {
  const { call, handleOf } = world();
  const resultHandle = await handleOf();
  expect(await call("take", { names: { resultHandle, select: "pets[:2].name" } })).toBe("taken");
  expect(given).toEqual([{ names: ["pet 0", "pet 1"] }]);
  await call("take", { anything: { deep: [{ resultHandle, select: "total" }] }, note: "plain" });
  expect(given).toEqual([{ anything: { deep: [500] }, note: "plain" }]);
  await call("take", { note: JSON.stringify({ resultHandle, select: "pets[7].name" }) });
  expect(given).toEqual([{ note: "pet 7" }]);
});

test.each([
  { name: "a value that does not fit", args: { names: { select: "pets" } }, code: "MCS_INVALID_ARGUMENTS" },
  { name: "an expression that is none", args: { names: { select: "pets[" } }, code: "MCS_INVALID_ARGUMENTS" },
  {
    name: "another argument that does not fit",
    args: { names: { select: "pets[].name" }, count: "x" },
    code: "MCS_INVALID_ARGUMENTS",
  },
])("refuses $name, and runs nothing", async ({ args, code }) => {
  const { call, handleOf } = world();
  const resultHandle = await handleOf();
  const named = { ...args, names: { resultHandle, ...args.names } };
  expect(await call("take", named)).toMatchObject({ code, effect: "none" });
  expect(given).toEqual([]);
});

test("does not find what was never kept", async () => {
  const { call } = world();
  const resultHandle = `result-${crypto.randomUUID()}`;
  expect(await call("take", { anything: { resultHandle } })).toMatchObject({ code: "MCS_NOT_FOUND" });
  expect(given).toEqual([]);
});

test("finds a result for nobody but the principal whose call gave it", async () => {
  const { call, handleOf, store } = world();
  const handle = await handleOf({ principal: "ada" });
  const args = { handle, select: "total" };
  expect(await call("result_select", args, { principal: "ada" })).toBe("500");
  for (const context of [{ principal: "eve" }, {}]) {
    expect(await call("result_select", args, context)).toMatchObject({ code: "MCS_NOT_FOUND" });
    expect(await call("take", { anything: { resultHandle: handle } }, context)).toMatchObject({
      code: "MCS_NOT_FOUND",
    });
  }
  const { fileRef } = await storeFile(
    store,
    new Uint8Array([1]),
    { mediaType: "a/b", source: "x" },
    { principal: "ada" },
  );
  await call("take", { anything: { fileRef } }, { principal: "eve" });
  expect(given).toEqual([{ anything: { fileRef } }]);
});

test("forgets a result when its time is over", async () => {
  const now = { ms: 1_000 };
  const { call, handleOf } = world({ ttlMs: 5_000 }, now);
  const handle = await handleOf();
  now.ms += 4_999;
  expect(await call("result_select", { handle, select: "total" })).toBe("500");
  now.ms += 1;
  expect(await call("result_select", { handle, select: "total" })).toMatchObject({ code: "MCS_NOT_FOUND" });
});

test("opens nothing in the store that is not a kept result", async () => {
  const { call, store } = world();
  await store.put("grants/ada", new TextEncoder().encode('{"value":"token"}'));
  for (const resultHandle of ["grants/ada", "../grants/ada", "__proto__"]) {
    expect(await call("take", { anything: { resultHandle } })).toMatchObject({ code: "MCS_NOT_FOUND" });
  }
  await call("take", { anything: { fileRef: "grants/ada" } });
  expect(given).toEqual([{ anything: { fileRef: "grants/ada" } }]);
});

test.each([
  {
    name: "an object where the schema takes files",
    argument: "file",
    want: { filename: "a.json", mediaType: "application/json", base64: btoa("[1]") },
  },
  { name: "its text where the schema takes a text", argument: "note", want: "[1]" },
  { name: "its value where the schema takes any", argument: "anything", want: [1] },
])("gives a file as $name", async ({ argument, want }) => {
  const { call, store } = world();
  const reference = await storeFile(store, new TextEncoder().encode("[1]"), {
    mediaType: "application/json",
    name: "a.json",
    source: "GET /a",
  });
  await call("take", { [argument]: reference });
  expect(given).toEqual([{ [argument]: want }]);
});

test("leaves a reference to a tool that takes references", async () => {
  const { call, store } = world();
  const reference = await storeFile(store, new Uint8Array([255, 0]), {
    mediaType: "image/png",
    source: "GET /a",
  });
  await call("take", { reference });
  expect(given).toEqual([{ reference }]);
  await call("take", { note: { fileRef: reference.fileRef } });
  expect(given).toEqual([{ note: "/wA=" }]);
});

test("puts bytes of a result into the store", async () => {
  const { results, store } = world();
  const bytes = new Uint8Array([1, 2, 3]);
  const view = (await results.viewResult({ photo: bytes, at: new Date(0) }, {})) as {
    photo: { fileRef: string };
  };
  expect(view.photo).toMatchObject({ size: 3, mediaType: "application/octet-stream" });
  expect((await store.get(view.photo.fileRef))?.value).toEqual(bytes);
});

test("cuts what is too large to be kept, and where the store fails", async () => {
  const small = world({ maxBytes: 1_000 });
  expect(await small.call("pets_list", {})).toMatchObject({ total: 500, pets: expect.any(Array) });
  const broken = world({
    store: { ...memoryStore(), put: () => Promise.reject(new Error("disk full")) },
  });
  expect(await broken.call("pets_list", {})).toMatchObject({ total: 500, pets: expect.any(Array) });
});

test("cuts without a handle where nothing keeps results", async () => {
  const answer = '{"tool":"pets_list","arguments":{}}';
  const { messages } = await processWithDrivers([driverOf([list])], answer, { budget });
  expect(JSON.stringify(messages)).toContain("more of 500 items");
  expect(JSON.stringify(messages)).not.toContain("resultHandle");
});

test("is a ToolDriver that keeps results, and no wrapper of it claims to", () => {
  const { results, drivers } = world();
  expect(resolveCapability(results, MCSToolDriver)).toBe(results);
  expect(findKeeper(drivers)).toBe(results);
  class Plain extends BaseDecorator {}
  for (const wrapper of [new Plain(results), new BaseDriver({ toolDriver: results })]) {
    expect(wrapper.meta.capabilities).not.toContain(KeepsResults.flag);
    expect(resolveCapability(wrapper, KeepsResults)).toBeUndefined();
  }
});

test.each(["constructor", "__proto__", "pets[0].constructor", "pets[0].__proto__", "toString"])(
  "selects own members only: %s",
  async (select) => {
    const { call, handleOf } = world();
    expect(await call("result_select", { handle: await handleOf(), select })).toBe("null");
  },
);

test.each([
  {
    name: "copies without end",
    select: Array.from({ length: 60 }, () => "[@,@]").join("|"),
    code: "MCS_TOO_LARGE",
  },
  {
    name: "copies in functions",
    select: "map(&[@,@,@,@,@,@,@,@], pets)".replace(
      "pets",
      "map(&[@,@,@,@,@,@,@,@], map(&[@,@,@,@,@,@,@,@], map(&[@,@,@,@,@,@,@,@], pets)))",
    ),
    code: "MCS_TOO_LARGE",
  },
  { name: "endless padding", select: "pad_left(pets[0].name, `1000000000`)", code: "MCS_INVALID_ARGUMENTS" },
  { name: "comparing all with all", select: "pets[?contains($.pets, @)]", code: "MCS_INVALID_ARGUMENTS" },
  {
    name: "joining by what is large",
    select: "join(to_string(@), pets[].name)",
    code: "MCS_INVALID_ARGUMENTS",
  },
  { name: "an unknown function", select: "system(@)", code: "MCS_INVALID_ARGUMENTS" },
])("refuses an expression for $name", async ({ select, code }) => {
  const { results, handleOf } = world();
  const call = results.executeTool("result_select", { handle: await handleOf(), select });
  expect(await rejection(call)).toMatchObject({ code, effect: "none" });
});

test.each([
  ["result_page", (resultHandle: string) => ({ resultHandle }), ["handle", "resultHandle"]],
  [
    "result_select",
    (resultHandle: string) => ({ resultHandle, select: "total" }),
    ["handle", "resultHandle"],
  ],
  ["result_page", (resultHandle: string) => ({ handle: { resultHandle } }), ["handle"]],
] as const)(
  "says to a model that calls %s in another way what a handle is called",
  async (name, args, at) => {
    const { call, handleOf } = world();
    const { code, issues } = (await call(name, args(await handleOf()))) as Failure;
    expect(code).toBe("MCS_INVALID_ARGUMENTS");
    expect(issues?.map(({ argument }) => argument)).toEqual(at);
  },
);

test("refuses a call that names more than it may", async () => {
  const { results } = world();
  const tool: Tool = { name: "t", description: "t", parameters: [{ name: "a", description: "" }] };
  const a = Array.from({ length: 21 }, () => ({ resultHandle: `result-${crypto.randomUUID()}` }));
  expect(await rejection(results.fillArguments(tool, { a }, {}))).toMatchObject({ code: "MCS_TOO_LARGE" });
});
