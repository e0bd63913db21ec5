import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { strategyModule } from "../scripts/strategy-module.ts";
import { allGrammars } from "../src/grammars.ts";
import { whyNotLinear } from "../src/toml/linear-pattern.ts";
import { jsonStrategy, readToolCalls, type PromptStrategy } from "../src/index.ts";
import { writeRetryPrompt, writeSystemMessage } from "../src/prompts.ts";
import { hermesStrategy, modelStrategies, strategyForModel, terseStrategy } from "../src/strategies.ts";
import { createHealingRule, readStrategy, writeStrategy } from "../src/toml.ts";
import { functionCall, message } from "./fixtures/answers.ts";
import { petTools } from "./fixtures/pet-tools.ts";

const file = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const bundled = { json: jsonStrategy, hermes: hermesStrategy, terse: terseStrategy };

describe.each(Object.entries(bundled))("the bundled strategy %s", (name, strategy) => {
  const toml = file(`../src/strategies/${name}.toml`);

  test("is what its TOML file says", () => {
    expect(readStrategy(toml)).toEqual({ strategy, diagnostics: [] });
  });

  test("is compiled from its TOML file", () => {
    const base = name === "json" ? undefined : file("../src/strategies/json.toml");
    expect(file(`../src/strategies/${name}.ts`)).toBe(strategyModule(name, toml, base));
  });

  test("is the same after being written and read", () => {
    expect(writeStrategy(readStrategy(writeStrategy(strategy)).strategy)).toBe(writeStrategy(strategy));
  });

  test("reads the call that its own example shows, and names every tool in its prompt", () => {
    const prompt = writeSystemMessage(petTools, strategy);
    expect(prompt).toContain(strategy.callExample.example);
    for (const tool of petTools) expect(prompt).toContain(tool.name);
    const example = strategy.callExample.example.replace(/name_of_the_tool|NAME/, "ping");
    expect(readToolCalls(example, { tools: petTools, strategy })).toMatchObject({
      calls: [{ name: "ping" }],
    });
  });
});

test("the terse strategy takes less than half of the words", () => {
  const [terse = 0, json = 0] = [terseStrategy, jsonStrategy].map(
    (one) => writeSystemMessage([], one).length,
  );
  expect(terse).toBeLessThan(json / 2);
});

test("the Hermes strategy gives definitions in the shape that its models were trained on", () => {
  expect(writeSystemMessage(petTools.slice(0, 1), hermesStrategy)).toContain(
    '<tools>\n{"type":"function","function":{"name":"get_pet","description":',
  );
});

const boom = (): never => {
  throw new Error("boom");
};

describe("a project's own file", () => {
  test("overrides entry by entry", () => {
    const { strategy, diagnostics } = readStrategy('[retry_prompts]\nunknown_tool = "No {tool_name}."');
    expect(diagnostics).toEqual([]);
    expect(strategy).toEqual({
      ...jsonStrategy,
      retryPrompts: { ...jsonStrategy.retryPrompts, unknownTool: "No {tool_name}." },
    });
    const both = readStrategy('[retry_prompts]\ncut_off = "Shorter."', strategy).strategy;
    expect(both.retryPrompts).toMatchObject({ unknownTool: "No {tool_name}.", cutOff: "Shorter." });
  });

  test("with the tables of the Python SDK is read unchanged, and what has no effect is said", () => {
    const { strategy, diagnostics } = readStrategy(file("./fixtures/python-sdk-strategy.toml"));
    expect(diagnostics.map(({ code, entry }) => [code, entry])).toEqual([
      ["no_effect", "parsing.unknown_tool_behavior"],
      ["pattern_skipped", "healing[3].pattern"],
    ]);
    expect(strategy.parsing.toolFieldAliases).toEqual(["tool", "name"]);
    expect(writeSystemMessage(petTools, strategy)).toContain("{braces} included:\n{\n");
    const failed = { name: "ping", outcome: "executed", result: "late" } as const;
    expect(writeRetryPrompt(failed, strategy)).toBe("'ping' failed: late");
  });

  test("may ask for what is done anyway", () => {
    expect(readStrategy('[parsing]\nunknown_tool_behavior = "silent"').diagnostics).toEqual([]);
  });

  test("mends the arguments of a call by its rules, and says so", () => {
    const { strategy } = readStrategy(file("./fixtures/python-sdk-strategy.toml"));
    const native = message([functionCall("a", "get_pet", '{"petId"=>7}')]);
    const text = '[TOOL_CALLS]get_pet{"petId"=>7}';
    for (const answer of [native, text])
      expect(readToolCalls(answer, { tools: petTools, strategy, grammars: allGrammars })).toMatchObject({
        calls: [{ name: "get_pet", arguments: { petId: 7 } }],
        healed: ["get_pet: Arrows"],
      });
    // What is no call stays untouched, and so do arguments that need no mending.
    expect(readToolCalls('{"petId"=>7}', { tools: petTools, strategy }).kind).toBe("none");
    const honest = '{"tool": "get_pet", "arguments": {"q": "a=>b ```"}}';
    expect(readToolCalls(honest, { tools: petTools, strategy })).toMatchObject({
      calls: [{ arguments: { q: "a=>b ```" } }],
      healed: [],
    });
  });

  test("may have rules of its own making, which cannot make the reading throw", () => {
    const healing = [
      { comment: "boom", apply: boom },
      { comment: "endless", apply: (text: string) => text.repeat(10_000) },
      { comment: "stars", apply: (text: string) => text.replaceAll("*", '"') },
    ];
    const answer = message([functionCall("a", "get_pet", "{*petId*: 7}")]);
    expect(readToolCalls(answer, { tools: petTools, strategy: { ...jsonStrategy, healing } })).toMatchObject({
      calls: [{ arguments: { petId: 7 } }],
      healed: ["get_pet: stars"],
    });
    expect(() => createHealingRule({ pattern: "(a+)+$", replacement: "", comment: "" })).toThrow(
      expect.objectContaining({ code: "MCS_INVALID_CONFIG" }) as Error,
    );
  });

  test.each([
    { name: "no TOML", given: "[[[", says: "line 1" },
    { name: "a number for a text", given: "[call_example]\nexample = 7", says: "call_example.example" },
    {
      name: "a text for a list",
      given: '[parsing]\ntool_field_aliases = "tool"',
      says: "parsing.tool_field_aliases",
    },
    { name: "a rule without a pattern", given: '[[healing]]\nreplacement = ""', says: "healing[0]" },
    { name: "a file without end", given: `# ${"x".repeat(300_000)}`, says: "longer" },
  ])("is refused as a mistake of configuration: $name", ({ given, says }) => {
    expect(() => readStrategy(given)).toThrow(
      expect.objectContaining({
        code: "MCS_INVALID_CONFIG",
        message: expect.stringContaining(says),
      }) as Error,
    );
  });

  test("names what it misspells, and what its template forgets", () => {
    const { diagnostics } = readStrategy(
      '[parsing]\ntool_fields = []\n[prompts]\na = 1\n[system_message]\ntemplate = "Hi"\n[tool_description]\ntypes = "Types"',
    );
    expect(diagnostics.map(({ code, entry }) => [code, entry])).toEqual([
      ["placeholder_missing", "system_message.template"],
      ["placeholder_missing", "system_message.template"],
      ["placeholder_missing", "tool_description.types"],
      ["unknown_entry", "parsing.tool_fields"],
      ["unknown_entry", "prompts.a"],
    ]);
  });

  test("comes back from TOML as it was, whatever its texts are", () => {
    const text = fc.string({ unit: "grapheme" }).filter((value) => !/\p{Surrogate}|\r/u.test(value));
    fc.assert(
      fc.property(text, text, fc.array(text), text, (template, example, aliases, replacement) => {
        const strategy: PromptStrategy = {
          ...jsonStrategy,
          systemMessage: { ...jsonStrategy.systemMessage, template: `{tools}{call_example}\n${template}` },
          callExample: { example: `${example}\n"""\\` },
          parsing: { ...jsonStrategy.parsing, toolFieldAliases: aliases },
          healing: [
            createHealingRule({
              pattern: "x",
              replacement: replacement.replaceAll("$", "$$$$"),
              comment: template,
            }),
          ],
        };
        const { healing, ...read } = readStrategy(writeStrategy(strategy)).strategy;
        expect({ ...read, healing: [] }).toEqual({ ...strategy, healing: [] });
        expect(healing[0]?.apply("axb")).toBe(`a${replacement}b`);
        expect(healing[0]?.comment).toBe(template);
      }),
    );
  });
});

describe("a pattern that takes linear time for certain", () => {
  test.each([
    ["```\\w*\\s*\\n?", true],
    ["\\n?```\\s*$", true],
    ["``[´`]\\w*\\s*\\n?", true],
    [",\\s*}", true],
    ['"(?:abc|d){1,4}"', true],
    ["\\bTrue\\b", true],
    ["a|b", true],
    ["'([^']*)'", true],
    ["\\s+$", false],
    ["(a+)+$", false],
    ["(a|aa)*b", false],
    ["x\\w*\\w*y", false],
    ["x.*y", false],
    ["(a)\\1", false],
    ["(?=a)b", false],
    ["(?<!a)b", false],
    ["a{0,10000}b", false],
    ["(a{1,32}){1,32}b", false],
    ["(a|aa){1,32}b", false],
    [`${"a?".repeat(30)}${"a".repeat(30)}`, false],
    ["(unclosed", false],
    ["(?P<name>a)", false],
  ])("%s: %s", (pattern, isLinear) => {
    expect(whyNotLinear(pattern) === undefined).toBe(isLinear);
  });
});

describe("the strategy for a model", () => {
  test.each([
    ["gemma-3-1b-it", terseStrategy],
    ["llama3.2:3b", terseStrategy],
    ["smollm2", terseStrategy],
    ["phi-2", terseStrategy],
    ["NousResearch/Hermes-3-Llama-3.1-8B", hermesStrategy],
    ["qwen2.5:7b", hermesStrategy],
    ["llama-2-70b-chat", jsonStrategy],
    ["llama-2-13b", jsonStrategy],
    ["mistral-7b-instruct-v0.2", jsonStrategy],
    ["qwen3-coder:30b", jsonStrategy],
    ["gpt-99", jsonStrategy],
  ])("%s", (name, strategy) => {
    expect(strategyForModel(name)).toBe(strategy);
  });

  test("is the JSON strategy without a name, and a project's own choice comes first", () => {
    expect(strategyForModel()).toBe(jsonStrategy);
    const own = [{ pattern: /gpt/g, strategy: terseStrategy }, ...modelStrategies];
    expect(strategyForModel("gpt-99", own)).toBe(terseStrategy);
    expect(strategyForModel("gpt-99", own)).toBe(terseStrategy);
  });
});
