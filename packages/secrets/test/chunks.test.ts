import { createScrubber, Secret } from "@mcs/secrets";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { base64, hex, latin1, toBytes } from "./encode.ts";

const token = "k7Qz/9+fXw2RbT4mLs8VdHy3NcJp6GuE";
const scrubber = createScrubber(() => [new Secret(token, "key"), new Secret("hunter2", "short")]);

/** A text cut at random places. */
const cut = (text: string): fc.Arbitrary<string[]> =>
  fc.array(fc.nat(text.length), { maxLength: 40 }).map((places) => {
    const ends = [0, ...places.toSorted((a, b) => a - b), text.length];
    return ends.slice(1).map((end, index) => text.slice(ends[index], end));
  });
const streamed = (chunks: readonly string[]): string => {
  const stream = scrubber.stream();
  return chunks.map((chunk) => stream.push(chunk)).join("") + stream.end();
};
const spellings = [
  token,
  base64(`user:${token}`),
  hex(token),
  encodeURIComponent(token),
  encodeURIComponent(encodeURIComponent(token)),
  JSON.stringify(token).replaceAll("/", String.raw`\/`),
  token.replaceAll(/[^\w]/g, (unit) => `&#${unit.charCodeAt(0)};`),
  token.slice(4, 20),
  "(hunter2)",
];

describe("A text that comes in chunks", () => {
  test("is scrubbed as if it came at once", () => {
    const text = `Before. ${spellings.join(" between; ")} after.`;
    fc.assert(
      fc.property(cut(text), (chunks) => {
        expect(streamed(chunks)).toBe(scrubber.text(text));
      }),
      { numRuns: 300 },
    );
  });

  test("is scrubbed character by character", () => {
    const text = `Before. ${spellings.join(" between; ")} after.`;
    expect(streamed(text.split(""))).toBe(scrubber.text(text));
  });

  test("stays as it is without a secret", () => {
    const texts = fc.array(fc.string({ unit: "binary", maxLength: 30 }), { maxLength: 20 });
    fc.assert(
      fc.property(texts, (chunks) => {
        expect(streamed(chunks)).toBe(chunks.join(""));
      }),
    );
  });

  test("is held back by few characters only, and by none at its end", () => {
    const stream = scrubber.stream();
    const words = "It was the best of times, it was the worst of times. ".repeat(50);
    const shown = stream.push(words);
    expect(words.length - shown.length).toBeLessThan(12);
    expect(shown + stream.end()).toBe(words);
  });

  test("is held back from its first character on", () => {
    expect(streamed([token.slice(0, 4), token.slice(4, 14), token.slice(14)])).toBe("[secret key]");
  });

  test("waits for a word to end", () => {
    const stream = scrubber.stream();
    expect(stream.push("so (hunter2")).toBe("so ");
    expect(stream.push("3)") + stream.end()).toBe("(hunter23)");
  });
});

describe("A list of chunks", () => {
  test("holds nothing of what is spread over its items", () => {
    const text = `a ${token} b ${base64(token)} c`;
    fc.assert(
      fc.property(cut(text), (chunks) => {
        const scrubbed = scrubber.value(["", ...chunks]).join("");
        expect(scrubbed).toBe(scrubber.text(text));
        const bytes = scrubber.value([toBytes(""), ...chunks.map(toBytes)]);
        expect(bytes.map(latin1).join("")).toBe(scrubbed);
      }),
    );
  });

  test("keeps its items apart", () => {
    expect(scrubber.value({ rows: [`x${token.slice(0, 6)}`, `${token.slice(6)}y`, "hunter2", "z"] })).toEqual(
      {
        rows: ["x[secret key]", "y", "[secret short]", "z"],
      },
    );
  });
});

describe("A value of a class, and what hides in one,", () => {
  class Answer {
    readonly shown = "shown";
    #hidden = token;
    get body(): string {
      return this.#hidden;
    }
    read = (): string => this.#hidden;
  }

  test("becomes the data that JSON would write", () => {
    const given = {
      answer: new Answer(),
      headers: new Headers({ "x-token": token }),
      call: () => token,
      match: /k7Qz(.*)/.exec(`k7Qz and ${token}`),
    };
    const scrubbed = scrubber.value<Record<string, unknown>>(given);
    expect(scrubbed["answer"]).toEqual({ shown: "shown" });
    expect(scrubbed["headers"]).toEqual([["x-token", "[secret key]"]]);
    expect(Object.keys(scrubbed)).toEqual(["answer", "headers", "match"]);
    expect(scrubbed["match"]).toEqual(["k7Qz and [secret key]", " and [secret key]"]);
  });

  test("leaves properties that are not enumerable, symbols and functions behind", () => {
    const value = { shown: 1, [Symbol(token)]: token };
    Object.defineProperty(value, "hidden", { value: token });
    Object.assign(value, { go: () => token });
    const scrubbed = scrubber.value(value);
    expect(Reflect.ownKeys(scrubbed)).toEqual(["shown"]);
  });
});

describe("A secret shorter than eight characters", () => {
  test("is warned of once, when it becomes known, without itself", () => {
    const warnings: unknown[][] = [];
    const logger = { warn: (...warning: unknown[]): void => void warnings.push(warning) };
    const secrets = [new Secret("hunter2", "mail password"), new Secret(token, "key")];
    const warned = createScrubber(() => secrets, logger);
    expect(warnings).toEqual([
      [
        expect.stringContaining("[secret mail password]"),
        expect.objectContaining({ secret: "[secret mail password]" }),
      ],
    ]);
    secrets.push(new Secret("1234", "pin"));
    expect(warned.text("hunter2 1234")).toBe("[secret mail password] [secret pin]");
    expect(warnings).toHaveLength(2);
    expect(JSON.stringify(warnings)).not.toMatch(/hunter2|1234/);
  });
});
