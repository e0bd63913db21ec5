import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OpenApiDriver } from "../src/index.ts";
import { startServer } from "./echo-server.ts";
import { failureOf, operationOf, refusalOf, send } from "./given.ts";

const inPath = (name: string, more: object = {}): object => ({
  name,
  in: "path",
  required: true,
  schema: { type: "string" },
  ...more,
});

const header = (name: string, more: object = {}): object => ({
  name,
  in: "header",
  schema: { type: "string" },
  ...more,
});

const cookie = (more: object): object => ({
  name: "sid",
  in: "cookie",
  schema: { type: "string" },
  ...more,
});

const invalid = expect.objectContaining({ code: "MCS_INVALID_ARGUMENTS", effect: "none" }) as Error;

describe("A path value", () => {
  const spec = operationOf({ parameters: [inPath("id")] }, "/a/{id}/b");

  test.each([
    ["..", "climbs out of its segment"],
    [".", "vanishes"],
    ["", "is empty"],
    ["a\0b", "has a NUL"],
    ["a\nb", "has a line feed"],
    ["a\rb", "has a carriage return"],
    ["\ud800", "has half a surrogate pair"],
  ])("%j is refused, because it %s", async (id) => {
    const error = await refusalOf(spec, { id });
    expect(error).toEqual(invalid);
    expect(error.issues).toMatchObject([{ argument: "id" }]);
  });

  test.each([
    ["../../admin", "/a/..%2F..%2Fadmin/b"],
    ["%2e%2e", "/a/%252e%252e/b"],
    ["..\\..", "/a/..%5C../b"],
    ["a/b", "/a/a%2Fb/b"],
    ["a%2Fb", "/a/a%252Fb/b"],
    ["a?x=1#y", "/a/a%3Fx%3D1%23y/b"],
    ["//evil.example/x", "/a/%2F%2Fevil.example%2Fx/b"],
    ["@evil.example", "/a/%40evil.example/b"],
    ["...", "/a/.../b"],
    ["{id}", "/a/%7Bid%7D/b"],
    ["constructor", "/a/constructor/b"],
  ])("%j stays in its segment", async (id, target) => {
    const { request } = await send(spec, { id });
    expect(request.target).toBe(target);
  });

  test("is refused if several of them make a segment of two dots", async () => {
    const two = operationOf({ parameters: [inPath("a"), inPath("b")] }, "/x/{a}{b}/y");
    const error = await refusalOf(two, { a: ".", b: "." });
    expect(error).toEqual(invalid);
    expect((await send(two, { a: ".", b: "z" })).request.target).toBe("/x/.z/y");
  });

  test("is refused if its style makes it two dots", async () => {
    const label = operationOf({ parameters: [inPath("a", { style: "label" })] }, "/x/{a}/y");
    expect(await refusalOf(label, { a: "." })).toEqual(invalid);
  });

  test("never changes the host, and arrives as one segment, whatever it is", async () => {
    const server = await startServer();
    await using driver = new OpenApiDriver({ spec, server: server.origin });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 20 }), async (id) => {
        server.seen.length = 0;
        const code = await driver.executeTool("call", { id }).then(
          () => "sent",
          (error: unknown) => Reflect.get(Object(error), "code") as string,
        );
        const [, start, segment = "", end, ...more] = server.seen[0]?.target.split("/") ?? [];
        const arrived = { start, value: decodeURIComponent(segment), end, more };
        expect([code, arrived]).toEqual(
          server.seen.length === 0
            ? ["MCS_INVALID_ARGUMENTS", { start: undefined, value: "", end: undefined, more: [] }]
            : ["sent", { start: "a", value: id, end: "b", more: [] }],
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe("A path", () => {
  test.each([
    ["/v1", "/pets", "/v1/pets"],
    ["/v1/", "/pets", "/v1/pets"],
    ["", "/", "/"],
    ["/a%20b", "/c d", "/a%20b/c%20d"],
    ["/v1", "/pets?kind=cat", "/v1/pets?kind=cat"],
    ["/v1", "/pets#list", "/v1/pets"],
  ])("of server %j and template %j is their texts one after the other", async (base, path, target) => {
    const server = await startServer();
    await using driver = new OpenApiDriver({ spec: operationOf({}, path), server: server.origin + base });
    await driver.executeTool("call", {});
    expect(server.seen[0]?.target).toBe(target);
  });

  test("may have a place for a parameter in its query", async () => {
    const { request } = await send(operationOf({ parameters: [inPath("kind")] }, "/pets?kind={kind}"), {
      kind: "a&b",
    });
    expect(request.target).toBe("/pets?kind=a%26b");
  });

  test("that a URL parser would rewrite is the document's fault", async () => {
    expect((await refusalOf(operationOf({}, "/a/../b"), {})).code).toBe("MCS_INVALID_SPEC");
  });

  test("puts a parameter into each of its places", async () => {
    const { request } = await send(operationOf({ parameters: [inPath("id")] }, "/{id}/copy/{id}"), {
      id: "7",
    });
    expect(request.target).toBe("/7/copy/7");
  });
});

describe("A query", () => {
  test("encodes the names of parameters, too", async () => {
    const parameters = ["$filter", "page[limit]", "a b"].map((name) => ({ name, in: "query", schema: {} }));
    const spec = operationOf({ parameters });
    const { request } = await send(spec, { "page[limit]": 5, $filter: "x eq 'y'", "a b": "c" });
    expect(request.target).toBe("/x?%24filter=x%20eq%20%27y%27&page%5Blimit%5D=5&a%20b=c");
  });

  test("has no default that was not given, and takes names that every object has", async () => {
    const names = ["valueOf", "hasOwnProperty", "toString"];
    const parameters = names.map((name) => ({ name, in: "query", schema: { type: "string", default: "x" } }));
    const spec = operationOf({ parameters });
    expect((await send(spec, {})).request.target).toBe("/x");
    expect((await send(spec, { toString: "1", valueOf: "2" })).request.target).toBe(
      "/x?valueOf=2&toString=1",
    );
  });
});

describe("A header parameter", () => {
  test.each([["a\r\nX-Evil: 1"], ["a\0"], ["a\nb"], ["日本"]])("%j is refused", async (value) => {
    const error = await refusalOf(operationOf({ parameters: [header("X-A")] }), { "X-A": value });
    expect(error).toEqual(invalid);
    expect(error.issues).toMatchObject([{ argument: "X-A" }]);
  });

  test.each([
    "Accept",
    "Content-Type",
    "authorization",
    "Host",
    "Content-Length",
    "Cookie",
    "Transfer-Encoding",
  ])("%s is no argument", async (name) => {
    const spec = operationOf({ parameters: [header(name, { required: true }), header("X-A")] });
    await using driver = new OpenApiDriver({ spec });
    const [tool] = await driver.listTools();
    expect(tool?.parameters.map((parameter) => parameter.name)).toEqual(["X-A"]);
  });

  test("is sent once, however its name is written", async () => {
    const spec = {
      openapi: "3.1.0",
      paths: {
        "/x": {
          parameters: [header("x-trace", { schema: { type: "integer" } })],
          get: { operationId: "call", parameters: [header("X-Trace")] },
        },
      },
    };
    const { request } = await send(spec, { "X-Trace": "abc" });
    expect(request.headers["x-trace"]).toBe("abc");
  });
});

describe("A cookie parameter", () => {
  test("cannot make a second cookie", async () => {
    const spec = operationOf({ parameters: [cookie({ style: "cookie" })] });
    expect(await refusalOf(spec, { sid: "a; admin=1" })).toEqual(invalid);
  });

  test("cannot have half a surrogate pair", async () => {
    const spec = operationOf({ parameters: [cookie({})] });
    expect(await refusalOf(spec, { sid: "\ud800" })).toEqual(invalid);
  });

  test("goes along with others", async () => {
    const spec = operationOf({ parameters: [cookie({}), cookie({ name: "theme", style: "cookie" })] });
    const { request } = await send(spec, { theme: "dark", sid: "a b" });
    expect(request.headers["cookie"]).toBe("sid=a%20b; theme=dark");
  });
});

describe("A request", () => {
  test.each(["get", "put", "post", "delete", "options", "head", "patch", "query"])(
    "is made with %s",
    async (method) => {
      const { request } = await send({ ...operationOf({}, "/x", method), openapi: "3.2.0" }, {});
      expect([request.method, request.target]).toEqual([method.toUpperCase(), "/x"]);
    },
  );

  test("is made with a method of additionalOperations", async () => {
    const spec = {
      openapi: "3.2.0",
      paths: { "/x": { additionalOperations: { COPY: { operationId: "call" } } } },
    };
    expect((await send(spec, {})).request.method).toBe("COPY");
  });

  test("with TRACE is sent, without a credential", async () => {
    expect((await send(operationOf({}, "/x", "trace"), {})).request.method).toBe("TRACE");
  });

  test.each([
    [{}, "application/json, */*;q=0.8"],
    [
      {
        responses: {
          200: { content: { "text/csv": {}, "application/vnd.api+json": {}, "x\r\ny/z": {} } },
          404: { content: { "text/html": {} } },
        },
      },
      "application/vnd.api+json, text/csv, */*;q=0.1",
    ],
  ])("asks for what the operation answers with", async (operation, accept) => {
    expect((await send(operationOf(operation), {})).request.headers["accept"]).toBe(accept);
  });

  test.each([
    ["a missing argument", {}],
    ["a wrong type", { n: "many" }],
    ["a value outside of the enum", { n: 3 }],
    ["an unknown argument", { n: 1, m: 1 }],
    ["an object for a number", { n: {} }],
  ])("is not made for %s", async (_, args) => {
    const spec = operationOf({
      parameters: [{ name: "n", in: "query", required: true, schema: { type: "integer", enum: [1, 2] } }],
    });
    expect(await refusalOf(spec, args)).toEqual(invalid);
  });

  test("with an unknown tool is refused by name", async () => {
    await using driver = new OpenApiDriver({ spec: operationOf({}) });
    expect((await failureOf(driver.executeTool("cal", {}))).code).toBe("MCS_UNKNOWN_TOOL");
    expect((await failureOf(driver.operationOf("cal"))).code).toBe("MCS_UNKNOWN_TOOL");
  });
});
