import { memoryStore } from "@mcs/kit/store";
import { describe, expect, test } from "vitest";
import { OpenApiDriver } from "../src/index.ts";
import { startServer, type Answer } from "./echo-server.ts";
import { failureOf, operationOf, send } from "./given.ts";

const type = (contentType: string): { headers: Record<string, string> } => ({
  headers: { "Content-Type": contentType },
});

async function fail(answer: Answer, method = "get"): Promise<unknown> {
  const server = await startServer(() => answer);
  const clock = { now: () => Date.parse("2026-11-23T12:00:00Z") };
  await using driver = new OpenApiDriver(
    { spec: operationOf({}, "/x", method), server: server.origin },
    { clock },
  );
  return await failureOf(driver.executeTool("call", {}));
}

describe("An answer", () => {
  test.each<[string, Answer, unknown]>([
    ["of JSON is its value", { ...type("application/json"), body: '{"a":[1,null]}' }, { a: [1, null] }],
    [
      "of JSON may be any value",
      { ...type("application/problem+json; charset=utf-8"), body: "false" },
      false,
    ],
    ["of JSON may begin with a byte order mark", { ...type("application/json"), body: "\uFEFF[]" }, []],
    ["of text is text", { ...type("text/csv"), body: "a,b" }, "a,b"],
    [
      "of text may be in another character set",
      { ...type("text/plain; charset=iso-8859-1"), body: Buffer.from([0xe9]) },
      "é",
    ],
    ["of XML is text", { ...type("application/atom+xml"), body: "<a/>" }, "<a/>"],
    ["with no body is null", { status: 204 }, null],
    ["with an empty body is null", { ...type("application/json"), body: "" }, null],
    ["without a type is text, if it is any", { headers: {}, body: "hello" }, "hello"],
  ])("%s", async (_, answer, expected) => {
    expect((await send(operationOf({}), {}, { answer })).result).toEqual(expected);
  });

  test("of another type is a file in the store", async () => {
    const store = memoryStore();
    const body = Buffer.from([0, 255, 7]);
    const answer = { ...type("image/png"), body };
    const { result } = await send(operationOf({}), {}, { answer, ports: { store } });
    expect(result).toMatchObject({ mediaType: "image/png", size: 3, source: "GET /x" });
    const { fileRef } = result as { fileRef: string };
    expect((await store.get(fileRef))?.value).toEqual(new Uint8Array(body));
  });

  test("of HEAD is null", async () => {
    expect((await send(operationOf({}, "/x", "head"), {}, { answer: { body: "" } })).result).toBeNull();
  });

  test("that is longer than allowed is refused", async () => {
    const server = await startServer(() => ({ body: " ".repeat(2000) }));
    const limits = { responseBytes: 1000 };
    await using driver = new OpenApiDriver({ spec: operationOf({}), server: server.origin, limits });
    expect((await failureOf(driver.executeTool("call", {}))).code).toBe("MCS_TOO_LARGE");
  });

  test("that does not come is given up", async () => {
    const server = await startServer(() => "hang");
    const limits = { timeoutMs: 100 };
    await using driver = new OpenApiDriver({
      spec: operationOf({}, "/x", "post"),
      server: server.origin,
      limits,
    });
    expect(await failureOf(driver.executeTool("call", {}))).toMatchObject({
      code: "MCS_EFFECT_UNKNOWN",
      effect: "unknown",
    });
  });

  test("that says it is JSON and is not is a failure of a call that took effect", async () => {
    const answer = { ...type("application/json"), body: '{"a":' };
    expect(await fail(answer, "post")).toMatchObject({ code: "MCS_REMOTE", status: 200, effect: "done" });
    expect(await fail(answer, "get")).toMatchObject({ code: "MCS_REMOTE", effect: "none" });
  });
});

describe("A failure", () => {
  test.each<[number, string, string, string]>([
    [400, "post", "MCS_REMOTE", "none"],
    [401, "post", "MCS_AUTH_REQUIRED", "none"],
    [403, "post", "MCS_PERMISSION_DENIED", "none"],
    [404, "get", "MCS_NOT_FOUND", "none"],
    [409, "put", "MCS_CONFLICT", "none"],
    [412, "put", "MCS_CONFLICT", "none"],
    [429, "post", "MCS_RATE_LIMITED", "none"],
    [500, "post", "MCS_REMOTE", "unknown"],
    [503, "delete", "MCS_REMOTE", "unknown"],
    [501, "get", "MCS_REMOTE", "none"],
    [304, "get", "MCS_REMOTE", "none"],
  ])("with status %i of %s is %s, its effect %s", async (status, method, code, effect) => {
    expect(await fail({ status }, method)).toMatchObject({ code, status, effect });
  });

  test.each<[string, string, string, string]>([
    [
      "the detail of a problem (RFC 9457)",
      "application/problem+json",
      '{"title":"Bad","detail":"No such pet"}',
      "No such pet",
    ],
    ["its title alone", "application/problem+json", '{"title":"Bad"}', "Bad"],
    ["a message", "application/json", '{"code":5,"message":"No such pet"}', "No such pet"],
    ["an error text", "application/json", '{"error":"No such pet"}', "No such pet"],
    ["an error object", "application/json", '{"error":{"code":5,"message":"No such pet"}}', "No such pet"],
    [
      "an OAuth error (RFC 6749, 5.2)",
      "application/json",
      '{"error":"x","error_description":"No such pet"}',
      "No such pet",
    ],
    ["a list of errors", "application/json", '{"errors":["No such pet","Nor cat"]}', "No such pet; Nor cat"],
    [
      "which field is at fault",
      "application/json",
      '{"title":"Invalid","errors":{"name":["is required"]}}',
      'Invalid {"name":["is required"]}',
    ],
    [
      "which field is at fault, in a list",
      "application/json",
      '{"detail":[{"loc":["body"],"msg":"missing"}]}',
      '[{"loc":["body"],"msg":"missing"}]',
    ],
    ["JSON that has none of these", "application/json", '{"a":1}', '{"a":1}'],
    ["a text", "text/plain", "  No\n such pet ", "No such pet"],
  ])("tells %s", async (_, contentType, body, message) => {
    const error = (await fail({ status: 400, ...type(contentType), body })) as Error;
    expect(error.message).toMatch(/^GET \/x was answered with status 400: /);
    expect(error.message.replace(/^.*? 400: /, "")).toBe(message);
  });

  test.each([
    ["a web page", "text/html", "<html><body>Internal</body></html>"],
    ["nothing", "application/json", ""],
    ["bytes", "application/octet-stream", "\0\u0001"],
  ])("does not tell %s", async (_, contentType, body) => {
    const error = (await fail({ status: 400, ...type(contentType), body })) as Error;
    expect(error.message).toBe("GET /x was answered with status 400.");
  });

  test("tells at most 500 characters", async () => {
    const error = (await fail({ status: 400, body: JSON.stringify({ message: "x".repeat(9000) }) })) as Error;
    expect(error.message.length).toBeLessThan(560);
  });

  test.each([
    ["7", 7000],
    ["Mon, 23 Nov 2026 12:01:00 GMT", 60_000],
    ["Mon, 23 Nov 2026 11:00:00 GMT", 0],
  ])("with Retry-After %j says how long to wait", async (value, retryAfterMs) => {
    const answer = { status: 429, headers: { "Retry-After": value } };
    expect(await fail(answer, "post")).toMatchObject({ code: "MCS_RATE_LIMITED", retryAfterMs });
  });
});
