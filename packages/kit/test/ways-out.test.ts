import { MCSError, type LoggerPort, type Progress } from "@mcs/core";
import { Secret } from "@mcs/secrets";
import { expect, test } from "vitest";
import * as z from "zod";
import { defineTool } from "../src/index.ts";
import { add, driverOf, printed, rejection, tool } from "./fixture.ts";

const canary = "canary-7f3a9c1d5e0b42";
const secrets = () => [new Secret(canary, "token")];

/** A log, and all that was written to it. */
const loggerTo = (logged: unknown[]): LoggerPort => {
  const log = (...entry: unknown[]): void => void logged.push(entry);
  return { debug: log, info: log, warn: log, error: log };
};
const reporting = (...messages: string[]) =>
  defineTool({
    name: "report",
    description: "Reports.",
    parameters: z.strictObject({}),
    execute(_, { onProgress }) {
      for (const [done, message] of messages.entries()) onProgress?.({ message, done });
      onProgress?.({ done: messages.length, total: messages.length });
    },
  });

test("scrubs what a tool reports while it runs", async () => {
  const reports: Progress[] = [];
  const driver = driverOf([reporting(`sent ${canary}`, "waiting")], { secrets });
  await driver.executeTool("report", {}, { onProgress: (progress) => reports.push(progress) });
  expect(reports).toEqual([
    { message: "sent [secret token]", done: 0 },
    { message: "waiting", done: 1 },
    { done: 2, total: 2 },
  ]);
});

test("shows fewer than twelve characters of a secret that is spread over reports", async () => {
  const pieces = [canary.slice(0, 8), canary.slice(8, 14), canary.slice(14)];
  const reports: Progress[] = [];
  const driver = driverOf([reporting(...pieces)], { secrets });
  await driver.executeTool("report", {}, { onProgress: (progress) => reports.push(progress) });
  expect(reports.map(({ message }) => message)).toEqual([canary.slice(0, 8), "", "", undefined]);
});

test("scrubs what it says of itself", () => {
  const meta = {
    id: "3f0c7a52-7d0a-4b58-9f6e-0f6a8f1f2b10",
    name: `For ${canary}`,
    version: "1.0.0",
    bindings: [],
  };
  expect(driverOf([add], { secrets, meta }).meta.name).toBe("For [secret token]");
});

test("scrubs tools that were listed before of a secret that became known since", async () => {
  const token = new Secret(canary, "token");
  const known: Secret[] = [];
  const fail = tool("fail", () => undefined);
  const told = { ...fail, tool: { ...fail.tool, description: `Sends ${canary}.` } };
  const driver = driverOf([told], { secrets: () => known });
  const before = await driver.listTools();
  expect(await driver.listTools()).toBe(before);
  known.push(token);
  expect(await driver.listTools()).toMatchObject([{ description: "Sends [secret token]." }]);
});

test("warns of a secret that is too short when it is made", () => {
  const logged: unknown[] = [];
  driverOf([add], { secrets: () => [new Secret("1234", "pin")] }, { logger: loggerTo(logged) });
  expect(logged).toHaveLength(1);
  expect(JSON.stringify(logged)).toContain("[secret pin]");
  expect(JSON.stringify(logged)).not.toContain("1234");
});

test("logs the whole chain of causes, scrubbed", async () => {
  const logged: unknown[] = [];
  const fail = tool("fail", () => {
    const inner = new Error(`socket of ${canary}`);
    throw new MCSError("MCS_TRANSPORT", "No connection.", {
      cause: new Error("fetch failed", { cause: inner }),
    });
  });
  await rejection(driverOf([fail], { secrets }, { logger: loggerTo(logged) }).executeTool("fail", {}));
  const text = JSON.stringify(logged);
  expect(text).toContain("fetch failed");
  expect(text).toContain("socket of [secret token]");
});

test.each<{ name: string; thrown: () => unknown }>([
  {
    name: "has getters that throw",
    thrown: () =>
      Object.defineProperty(new MCSError("MCS_REMOTE", "no"), "hint", {
        get: () => {
          throw new Error(canary);
        },
      }),
  },
  { name: "is a text", thrown: () => canary },
  { name: "is a function", thrown: () => () => canary },
  { name: "holds it in fields of its own", thrown: () => Object.assign(new Error("no"), { token: canary }) },
  { name: "is many errors", thrown: () => new AggregateError([new Error(canary)], canary) },
])("leaves nothing of an error that $name, nor to a log that fails", async ({ thrown }) => {
  const logged: unknown[] = [];
  const logger = { ...loggerTo(logged), debug: failing, error: failing };
  function failing(...entry: unknown[]): never {
    logged.push(entry);
    throw new Error(`log of ${canary}`);
  }
  const fail = tool("fail", () => {
    throw thrown();
  });
  const error = await rejection(driverOf([fail], { secrets }, { logger }).executeTool("fail", {}));
  expect(error).toMatchObject({ code: "MCS_DRIVER_FAULT" });
  expect(error).not.toHaveProperty("cause");
  expect(printed([error, logged])).not.toContain(canary);
});

test.each<{ name: string; result: () => unknown }>([
  { name: "a response", result: () => new Response("text") },
  { name: "a blob", result: () => new Blob(["text"]) },
  { name: "a stream", result: () => new Response("text").body },
  {
    name: "an async generator",
    result: async function* pages() {
      yield "text";
    },
  },
  { name: "a function", result: () => () => "text" },
])("refuses $name for a result, and names the tool", async ({ result }) => {
  const driver = driverOf([tool("download", result)]);
  expect(await rejection(driver.executeTool("download", {}))).toMatchObject({
    code: "MCS_DRIVER_FAULT",
    effect: "unknown",
    message: expect.stringContaining("download"),
  });
});

test.each<{ name: string; result: unknown }>([
  { name: "bytes", result: new Uint8Array([1, 2]) },
  { name: "data with fields of such names", result: { getReader: "Ada", arrayBuffer: null } },
  { name: "a date", result: new Date(0) },
])("lets $name through", async ({ result }) => {
  expect(await driverOf([tool("download", () => result)]).executeTool("download", {})).toEqual(result);
});
