import { toInputSchema, type Tool } from "@mcs/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { estimateTokens, shortenTools, writeSystemMessage } from "../src/prompts.ts";
import { mapDescriptions } from "../src/prompt/map-descriptions.ts";
import { sentenceEnds } from "../src/prompt/sentence-ends.ts";
import { hermesStrategy, jsonStrategy, terseStrategy } from "../src/strategies.ts";

const shop: readonly Tool[] = [
  {
    name: "find",
    description: "Finds a thing. It looks everywhere, e.g. in Rome, and takes its time. It never fails.",
    parameters: [
      {
        name: "filter",
        description: "What to find. At least one key.",
        required: true,
        schema: {
          type: "object",
          properties: {
            description: { type: "string", description: "Part of the description. In any case." },
            kind: { enum: ["a", "b"], default: { description: "Data. Not a description." } },
          },
        },
      },
    ],
  },
  { name: "ping", title: "Ping", description: "Says hello.", parameters: [] },
];

const countWords = (text: string): number => text.split(/\s+/).length;
const words = countWords(writeSystemMessage(shop));
const descriptionsOf = (tools: readonly Tool[]): readonly string[] => {
  const found: string[] = [];
  for (const tool of tools)
    mapDescriptions(tool, (description) => {
      found.push(description);
      return description;
    });
  return found;
};
const withoutDescriptions = (tools: readonly Tool[]): unknown =>
  tools.map((tool) => toInputSchema(mapDescriptions(tool, () => "")));

describe("a prompt budget", () => {
  test("that is kept changes nothing", () => {
    expect(shortenTools(shop, { maxTokens: words, countTokens: countWords })).toEqual({
      tools: shop,
      tokens: words,
      diagnostics: [],
    });
  });

  test.each([
    {
      name: "the last sentence of the longest description first",
      saved: 1,
      want: [
        "Finds a thing. It looks everywhere, e.g. in Rome, and takes its time.",
        "What to find. At least one key.",
      ],
    },
    {
      name: "then of the longest that is left",
      saved: 4,
      want: ["Finds a thing.", "What to find. At least one key."],
    },
    {
      name: "all sentences but the first before any first one",
      saved: 17,
      want: ["Finds a thing.", "What to find.", "Part of the description.", "Says hello."],
    },
    {
      name: "first sentences of arguments before those of tools",
      saved: 30,
      want: ["Finds a thing.", "", "", "Says hello."],
    },
  ])("cuts $name", ({ saved, want }) => {
    const { tools, tokens } = shortenTools(shop, { maxTokens: words - saved, countTokens: countWords });
    expect(tokens).toBeLessThanOrEqual(words - saved);
    expect(descriptionsOf(tools).slice(0, want.length)).toEqual(want);
  });

  test("says of which tools it shortened something", () => {
    const { diagnostics } = shortenTools(shop, { maxTokens: words - 1, countTokens: countWords });
    expect(diagnostics).toMatchObject([{ code: "description_shortened", tool: "find" }]);
  });

  test("that the schemas alone exceed leaves them whole, and says so", () => {
    const { tools, diagnostics } = shortenTools(shop, { maxTokens: 10 });
    expect(diagnostics.at(-1)).toMatchObject({ code: "over_budget" });
    expect(withoutDescriptions(tools)).toEqual(withoutDescriptions(shop));
    expect(writeSystemMessage(tools)).toContain('"Data. Not a description."');
    expect(writeSystemMessage(tools)).toContain("Ping");
  });

  const someTools = fc.array(
    fc.record({
      name: fc.constantFrom("one", "two", "three"),
      description: fc.lorem({ mode: "sentences", maxCount: 6 }),
      parameters: fc.array(
        fc.record({
          name: fc.constantFrom("a", "b"),
          description: fc.lorem({ mode: "sentences", maxCount: 4 }),
          schema: fc.record({ type: fc.constant("string"), description: fc.string(), maxLength: fc.nat() }),
        }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 4 },
  );

  test("is kept or said to be exceeded, leaves every schema whole and every description a beginning, with any strategy", () => {
    const strategies = fc.constantFrom(jsonStrategy, hermesStrategy, terseStrategy);
    fc.assert(
      fc.property(someTools, fc.nat(800), strategies, (tools, maxTokens, strategy) => {
        const shortened = shortenTools(tools, { maxTokens }, strategy);
        expect(shortened).toEqual(shortenTools(structuredClone(tools), { maxTokens }, strategy));
        expect(shortened.tokens).toBe(estimateTokens(writeSystemMessage(shortened.tools, strategy)));
        const isOver = shortened.diagnostics.some(({ code }) => code === "over_budget");
        expect(isOver).toBe(shortened.tokens > maxTokens);
        expect(withoutDescriptions(shortened.tools)).toEqual(withoutDescriptions(tools));
        const [before, after] = [tools, shortened.tools].map(descriptionsOf);
        expect(after?.every((text, index) => before?.[index]?.startsWith(text))).toBe(true);
      }),
    );
  });
});

describe("sentences", () => {
  test.each([
    ["One. Two! Three? Four… Five", ["One.", "Two!", "Three?", "Four…", "Five"]],
    ["Uses e.g. GitHub in the U.S. today. Done.", ["Uses e.g. GitHub in the U.S. today.", "Done."]],
    ["Version 2.5 of node.js. and so on", ["Version 2.5 of node.js. and so on"]],
    [
      'He said "stop." (Really.) Then `run.` **Bold.** End',
      ['He said "stop."', "(Really.)", "Then `run.`", "**Bold.**", "End"],
    ],
    ["検索します。次に！", ["検索します。", "次に！"]],
    [
      "A heading\n\nA line\nthat goes on\n- item\n- other\n1. third",
      ["A heading", "A line\nthat goes on", "- item", "- other", "1. third"],
    ],
    ["Run it:\n```\na. B. C\n\nd\n``` Done. End.", ["Run it:\n```\na. B. C\n\nd\n``` Done.", "End."]],
    ["  ", []],
    ["", []],
  ])("of %j", (text, want) => {
    const ends = [0, ...sentenceEnds(text)];
    expect(ends.slice(1).map((end, index) => text.slice(ends[index], end).trim())).toEqual(want);
  });

  test("are found in linear time in hostile texts", () => {
    for (const part of [".", "\n", " \n", ". ", "`", ".'", "x", "\n- ", "\n1"])
      expect(sentenceEnds(part.repeat(200_000)).length).toBeLessThanOrEqual(200_000);
  });
});
