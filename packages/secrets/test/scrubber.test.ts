import { createScrubber, Secret } from "@mcs/secrets";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base64, base64url, hex, latin1, toBytes } from "./encode.ts";

const token = `s3cr&t/+ "p\\q"<é>%20'=`;
const scrub = (text: string, ...values: string[]): string =>
  createScrubber(() => values.map((value, index) => new Secret(value, `n${index}`))).text(text);
const loneSurrogate = /\p{Surrogate}/u;
const percentAll = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*~._-]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
const html = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
const asciiJson = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/[^ -~]/g, (c) => String.raw`\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);

const utf16 = (text: string): Uint8Array =>
  Uint8Array.from({ length: text.length * 2 }, (_, index) =>
    index % 2 === 0 ? text.charCodeAt(index / 2) & 0xff : text.charCodeAt((index - 1) / 2) >>> 8,
  );

const spellings: Record<string, (value: string) => string> = {
  raw: (value) => value,
  encodeURIComponent,
  "RFC 3986": percentAll,
  "RFC 3986 in lower case": (value) =>
    percentAll(value).replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
  form: (value) => new URLSearchParams({ v: value }).toString().slice(2),
  JSON: (value) => JSON.stringify(value).slice(1, -1),
  "JSON with escaped slashes": (value) =>
    JSON.stringify(value)
      .slice(1, -1)
      .replaceAll("/", String.raw`\/`),
  "ASCII JSON": asciiJson,
  HTML: html,
  hex,
  "upper-case hex": (value) => hex(value).toUpperCase(),
  "an inspected buffer": (value) => (hex(value).match(/../g) ?? []).join(" "),
  base64,
  base64url,
  "base64 of UTF-16LE": (value) => btoa([...utf16(value)].map((byte) => String.fromCharCode(byte)).join("")),
  "percent-encoded base64": (value) => encodeURIComponent(base64(value)),
};

describe("The scrubber", () => {
  test.each(Object.entries(spellings))("replaces a secret written as %s", (_, spell) => {
    expect(scrub(`before ${spell(token)} after`, token)).toBe("before [secret n0] after");
  });

  test.each([0, 1, 2])("finds a secret beyond ASCII in the base64 of latin1, after %i bytes", (count) => {
    const value = "Käsekuchen-für-Zoë-42";
    const scrubbed = scrub(btoa(`${"-".repeat(count)}${value}`), value);
    expect(scrubbed).toContain("[secret n0]");
    expect(scrubbed.replace("[secret n0]", "").length).toBeLessThanOrEqual(3);
  });

  test.each([0, 1, 2, 3, 4, 5])("finds a secret in base64 after %i other bytes", (count) => {
    for (const encode of [base64, base64url]) {
      const before = "é".repeat(count).slice(0, count);
      const core = base64(token).slice(4, -4);
      const scrubbed = scrub(encode(`${before}${token}${before}`), token);
      expect(scrubbed).toContain("[secret n0]");
      expect(scrubbed).not.toContain(core);
    }
  });

  test("replaces a pair as a whole, not the password within it", () => {
    const basic = base64("user:password1");
    expect(scrub(`Basic ${basic} user:password1 password1`, "password1", "user:password1")).toBe(
      "Basic [secret n1] [secret n1] [secret n0]",
    );
  });

  test("leaves nothing of two secrets that overlap", () => {
    expect(scrub("<abcdefghijklmnop>", "abcdefghij", "hijklmnop")).toBe("<[secret n0]>");
  });

  test("replaces a short secret only where it is a whole token", () => {
    expect(scrub("pin=1234&x=12345 a1234 (1234)", "1234")).toBe(
      "pin=[secret n0]&x=12345 a1234 ([secret n0])",
    );
    expect(scrub(`a 61 YQ ${base64("pass")}`, "a", "pass")).toBe("[secret n0] 61 YQ [secret n1]");
  });

  test("does nothing without secrets, or with empty ones", () => {
    const value = { a: [1, "b"] };
    expect(createScrubber(() => []).value(value)).toBe(value);
    expect(scrub("text", "")).toBe("text");
  });

  test("knows a secret from the moment that it exists", () => {
    const secrets: Secret[] = [];
    const scrubber = createScrubber(() => secrets);
    expect(scrubber.text(token)).toBe(token);
    secrets.push(new Secret(token));
    expect(scrubber.text(token)).toBe("[secret]");
  });

  test("knows a secret that is sealed anew for each use, by the label that it has now", () => {
    let [value, label] = [token, "old"];
    const scrubber = createScrubber(() => [new Secret(value, label), new Secret(value, label)]);
    expect(scrubber.text(`a ${token}`)).toBe("a [secret old]");
    expect(scrubber.text(`b ${token}`)).toBe("b [secret old]");
    label = "new";
    expect(scrubber.text(`c ${token}`)).toBe("c [secret new]");
    value = "another-value";
    expect(scrubber.text(`d ${token} ${value}`)).toBe(`d ${token} [secret new]`);
  });

  test("refuses to work with a secret that it cannot open", () => {
    const foreign = { [Symbol.for("mcs.secret")]: true } as unknown as Secret;
    expect(() => createScrubber(() => [foreign]).text("text")).toThrow(
      expect.objectContaining({ code: "MCS_DRIVER_FAULT" }),
    );
  });

  test.each([{ given: "a-plain-text" }, { given: null }, { given: {} }])(
    "says of $given in place of a secret that it is none, not where it was sealed",
    ({ given }) => {
      let thrown: unknown;
      try {
        createScrubber(() => [given as unknown as Secret]).text("text");
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toMatchObject({
        code: "MCS_DRIVER_FAULT",
        hint: expect.stringContaining("new Secret"),
      });
      expect(String(thrown)).not.toContain("a-plain-text");
    },
  );

  test.each([
    {
      name: "a private key",
      value: base64("key material".repeat(250)).replaceAll(/.{64}/g, "$&\n"),
    },
    { name: "backslashes only", value: "\\".repeat(30) },
    { name: "one letter repeated", value: "a".repeat(40) },
    { name: "half of a surrogate pair", value: "\ud800abcdefgh" },
    { name: "what means something in an expression", value: "^(a+)+$[b-z]{2}|.*?/" },
  ])("copes with a secret that is $name", ({ value }) => {
    const near = value.slice(0, -1).repeat(3);
    expect(scrub(`${near}! ${JSON.stringify(value)}`, value)).toContain("[secret n0]");
    expect(scrub(`${value}x`, value)).toBe("[secret n0]x");
  });
});

describe("The scrubber, over values,", () => {
  const scrubber = createScrubber(() => [new Secret(token, "key"), new Secret("20391748", "pin")]);

  test("replaces strings, keys, numbers, bytes and sealed values, and keeps the rest", () => {
    const date = new Date(0);
    const value = {
      list: ["a", { deep: `x${token}` }],
      [token]: true,
      pin: 20391748,
      bytes: toBytes(`${token}!`),
      map: new Map([["k", token]]),
      set: new Set([token]),
      sealed: new Secret("anything", "other"),
      url: new URL(`https://a.example/?k=${encodeURIComponent(token)}`),
      date,
      same: 7,
      none: null,
    };
    const scrubbed = scrubber.value<Record<string, unknown>>(value);
    expect(scrubbed).toEqual({
      list: ["a", { deep: "x[secret key]" }],
      "[secret key]": true,
      pin: "[secret pin]",
      bytes: toBytes("[secret key]!"),
      map: new Map([["k", "[secret key]"]]),
      set: new Set(["[secret key]"]),
      sealed: "[secret other]",
      url: "https://a.example/?k=[secret key]",
      date,
      same: 7,
      none: null,
    });
    expect(scrubbed["date"]).toBe(date);
    expect(value.list[1]).toEqual({ deep: `x${token}` });
  });

  test("replaces a secret in bytes that are a list of numbers", () => {
    const value = { body: { type: "Buffer", data: [...toBytes(`<${token}>`)] }, list: [...toBytes(token)] };
    expect(scrubber.value(value)).toEqual({
      body: { type: "Buffer", data: [...toBytes("<[secret key]>")] },
      list: [...toBytes("[secret key]")],
    });
  });

  test("leaves numbers alone that are the codes of a secret of fewer than eight characters", () => {
    const numbers = [3, 49, 50, 51, 52, 5, 97, 6];
    const short = createScrubber(() => [new Secret("1234", "pin"), new Secret("a", "letter")]);
    expect(short.value(numbers)).toBe(numbers);
  });

  test("returns a value without a secret as it is", () => {
    const value = {
      list: [1, "two", new Date(0), new Uint8Array(3)],
      numbers: [...toBytes("no".repeat(20))],
    };
    expect(scrubber.value(value)).toBe(value);
  });

  test("makes plain data of an error that holds a secret, and leaves its stack out", () => {
    const error = Object.assign(new Error(`no ${token}`, { cause: new Error(token) }), { input: token });
    const scrubbed = scrubber.value<Partial<typeof error>>(error);
    expect(scrubbed).toMatchObject({
      name: "Error",
      message: "no [secret key]",
      input: "[secret key]",
      cause: { message: "[secret key]" },
    });
    expect(scrubbed).not.toHaveProperty("stack");
    expect(scrubbed.cause).not.toHaveProperty("stack");
  });

  test.each<{ name: string; value: object }>([
    {
      name: "a getter throws",
      value: {
        get field() {
          throw new Error(token);
        },
      },
    },
    {
      name: "toJSON throws",
      value: new (class {
        toJSON = (): never => {
          throw new Error(token);
        };
      })(),
    },
    {
      name: "a proxy throws",
      value: new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error(token);
          },
        },
      ),
    },
    {
      name: "a proxy hides its class",
      value: new Proxy(
        {},
        {
          getPrototypeOf: () => {
            throw new Error(token);
          },
        },
      ),
    },
  ])("says nothing of what is thrown where $name", ({ value }) => {
    let thrown: unknown;
    try {
      scrubber.value({ list: [value] });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ code: "MCS_DRIVER_FAULT" });
    expect(thrown).not.toHaveProperty("cause");
    expect(JSON.stringify([String(thrown), (thrown as Error).stack])).not.toContain(
      JSON.stringify(token).slice(1, -1),
    );
  });

  test("follows cycles and shared objects", () => {
    const shared = { token };
    const value: Record<string, unknown> = { a: shared, b: shared };
    value["self"] = value;
    const scrubbed = scrubber.value(value);
    expect(scrubbed["self"]).toBe(scrubbed);
    expect(scrubbed["a"]).toBe(scrubbed["b"]);
    expect(scrubbed["a"]).toEqual({ token: "[secret key]" });
  });

  test("lets nothing through below its depth", () => {
    let value: unknown = token;
    for (let depth = 0; depth < 5000; depth += 1) value = [value];
    const text = JSON.stringify(scrubber.value(value));
    expect(text).toContain("[nested too deeply]");
    expect(text).not.toContain(token);
  });

  test("keeps entries apart whose keys become equal, and __proto__ a key", () => {
    const value = JSON.parse(JSON.stringify({ [token]: 1 }).replace("{", '{"__proto__":{"x":2},')) as Record<
      string,
      unknown
    >;
    value["[secret key]"] = 3;
    const scrubbed = scrubber.value(value);
    expect(Object.keys(scrubbed)).toEqual(["__proto__", "[secret key]", "[secret key] (2)"]);
    expect(Object.getPrototypeOf(scrubbed)).toBe(Object.prototype);
  });
});

describe("For any secret and any text around it, the scrubber", () => {
  const secret = fc
    .string({ unit: "binary", minLength: 8, maxLength: 60 })
    .filter((text) => !loneSurrogate.test(text));
  const context = fc.string({ unit: "binary", maxLength: 40 }).filter((text) => !loneSurrogate.test(text));
  const spelling = fc.constantFrom(...Object.keys(spellings));

  test("leaves no spelling of the secret behind", () => {
    fc.assert(
      fc.property(secret, context, context, spelling, (value, before, after, name) => {
        const spelled = spellings[name]?.(value) ?? "";
        const scrubbed = scrub(before + spelled + after, value);
        expect(scrubbed).not.toContain(spelled);
        expect(scrubbed).toContain("[secret n0]");
      }),
      { numRuns: 500 },
    );
  });

  test("leaves nothing of it in base64, wherever it stands", () => {
    fc.assert(
      fc.property(secret, context, context, (value, before, after) => {
        const encoded = base64(before + value + after);
        const [kept = "", ...rest] = scrub(encoded, value).split("[secret n0]");
        expect(rest.length).toBeGreaterThan(0);
        expect(base64(before).startsWith(kept.slice(0, -1))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("finds it in bytes", () => {
    fc.assert(
      fc.property(secret, fc.uint8Array(), fc.uint8Array(), (value, before, after) => {
        const bytes = Uint8Array.from([...before, ...toBytes(value), ...after]);
        const scrubbed = createScrubber(() => [new Secret(value, "key")]).value<Uint8Array>(bytes);
        expect(latin1(scrubbed)).not.toContain(latin1(toBytes(value)));
        expect(latin1(scrubbed)).toContain("[secret key]");
      }),
    );
  });

  test("changes nothing where the secret is not", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 400 }),
        fc.jsonValue(),
        fc.uuid(),
        (text, value, id) => {
          const scrubber = createScrubber(() => [new Secret(id), new Secret(`user:${id}`)]);
          expect(scrubber.text(text)).toBe(text);
          expect(scrubber.value(value)).toBe(value);
        },
      ),
    );
  });
});
