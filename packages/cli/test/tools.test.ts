import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { offerFormats } from "../src/tools/offer-formats.ts";
import { petDocument, startPetApi, type PetApi } from "./pet-api.ts";
import { runMcs, startMcs } from "./run-mcs.ts";

let api: PetApi;
let folder: string;

beforeAll(async () => {
  api = await startPetApi();
  folder = await mkdtemp(join(tmpdir(), "mcs-cli-"));
});

afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test("lists name, method, path and description of every tool, one a line", async () => {
  const { exitCode, stdout, stderr } = await runMcs(["tools", `${api.url}/openapi.json`]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  const [heading, ...lines] = stdout.trimEnd().split("\n");
  expect(heading).toMatch(/^TOOL +METHOD +PATH +DESCRIPTION$/);
  expect(lines).toHaveLength(7);
  expect(lines).toContainEqual(expect.stringMatching(/^addPet +POST +\/pets +Add a pet\./));
});

test("prints nothing of a document that a terminal would obey", async () => {
  const { stdout } = await runMcs(["tools", `${api.url}/openapi.json`]);
  expect(stdout).toMatch(/^listPets .*  List pets\. Newest first\.$/m);
  expect(stdout).not.toContain("\u001b");
});

test("reads a document from a file", async () => {
  const file = join(folder, "pets.json");
  await writeFile(file, JSON.stringify({ ...petDocument, servers: [{ url: "http://127.0.0.1:9" }] }));
  expect((await runMcs(["tools", file])).stdout).toContain("getPet");
});

test("prints the tools as JSON", async () => {
  const { stdout } = await runMcs(["tools", `${api.url}/openapi.json`, "--json"]);
  expect(JSON.parse(stdout)).toContainEqual(
    expect.objectContaining({ name: "getPet", parameters: [expect.objectContaining({ name: "petId" })] }),
  );
});

test.each<{ options: string[]; want: string[] }>([
  { options: ["--include", "tag=pets"], want: ["addPet", "listPets"] },
  { options: ["--include", "tag=pets,method=get"], want: ["listPets"] },
  { options: ["--include", "operationId=getPet", "--include", "tag=write"], want: ["addPet", "getPet"] },
  { options: ["--include", "path=/pets*", "--exclude", "method=post"], want: ["getPet", "listPets"] },
])("lists what fits $options", async ({ options, want }) => {
  const { stdout } = await runMcs(["tools", `${api.url}/openapi.json`, "--json", ...options]);
  const tools = JSON.parse(stdout) as { name: string }[];
  expect(tools.map(({ name }) => name).toSorted()).toEqual(want);
});

test("says so when no operation fits", async () => {
  const { exitCode, stdout, stderr } = await runMcs([
    "tools",
    `${api.url}/openapi.json`,
    "--include",
    "tag=no",
  ]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
  expect(stderr).toMatch(/no operation/);
});

test("ends quietly when its reader has seen enough", async () => {
  const file = join(folder, "large.json");
  const operation = { summary: "x".repeat(200), responses: {} };
  const paths = Object.fromEntries(
    Array.from({ length: 2000 }, (_, index) => [`/p${index}`, { get: operation }]),
  );
  await writeFile(file, JSON.stringify({ ...petDocument, servers: [{ url: "http://127.0.0.1:9" }], paths }));

  const child = startMcs(["tools", file]);
  await once(child.stdout, "readable");
  child.stdout.read(1);
  child.stdout.destroy();
  const stderr: unknown[] = [];
  child.stderr.on("data", (chunk) => stderr.push(chunk));
  const [exitCode] = await once(child, "close");
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: [] });
});

const print = async (...options: string[]) => runMcs(["tools", `${api.url}/openapi.json`, ...options]);

const getPetFor = async (format: string): Promise<unknown> =>
  JSON.parse((await print("--format", format, "--include", "operationId=getPet")).stdout);

describe("what a request offers", () => {
  test.each(offerFormats.filter((format) => format !== "text"))("is JSON for %s", async (format) => {
    const { exitCode, stdout, stderr } = await print("--format", format);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const request = JSON.parse(stdout) as { tools?: object[]; toolConfig?: { tools: object[] } };
    expect(JSON.stringify(request.toolConfig?.tools ?? request.tools)).toContain('"getPet"');
  });

  test("is in the shape of the provider's API", async () => {
    expect(await getPetFor("openai")).toMatchObject({
      tools: [{ type: "function", function: { name: "getPet" } }],
    });
    expect(await getPetFor("anthropic")).toMatchObject({
      tools: [{ name: "getPet", input_schema: { type: "object" } }],
    });
    expect(await getPetFor("gemini")).toMatchObject({
      tools: [{ functionDeclarations: [{ name: "getPet" }] }],
    });
    expect(await getPetFor("bedrock")).toMatchObject({
      toolConfig: { tools: [{ toolSpec: { name: "getPet" } }] },
    });
  });

  test("is the prompt for text, without anything that a terminal would obey; as it is with --json", async () => {
    const { stdout } = await print("--format", "text");
    expect(stdout).toContain("## getPet\nGet one pet.\nArguments: {petId: integer}\n");
    expect(stdout).not.toContain("\u001b");
    expect(JSON.parse((await print("--format", "text", "--json")).stdout)).toContain("\u001b[31mfirst");
  });

  test("in an unknown format is a mistake of usage that names the known ones", async () => {
    const { exitCode, stdout, stderr } = await print("--format", "morse");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    for (const format of offerFormats) expect(stderr).toContain(format);
  });

  test("loses what --diagnostics name: in the document, and in the format", async () => {
    const file = join(folder, "lossy.json");
    const schema = { type: "string", pattern: "^(?!x)" };
    const paths = {
      "/pets": {
        get: { operationId: "listPets", parameters: [{ name: "code", in: "query", schema }], responses: {} },
      },
      "/gone": {
        get: { operationId: "gone", parameters: [{ $ref: "#/components/parameters/None" }], responses: {} },
      },
    };
    await writeFile(
      file,
      JSON.stringify({ ...petDocument, servers: [{ url: "http://127.0.0.1:9" }], paths }),
    );
    const diagnose = async (...options: string[]): Promise<string> =>
      (await runMcs(["tools", file, "--format", "gemini", "--diagnostics", ...options])).stdout;

    expect(JSON.parse(await diagnose("--json"))).toEqual([
      { from: "document", effect: "left-out", subject: "GET /gone", reason: expect.any(String) },
      {
        from: "gemini",
        effect: "changed",
        subject: "listPets",
        pointer: "/properties/code",
        reason: expect.stringContaining("pattern"),
      },
    ]);
    const [heading, ...lines] = (await diagnose()).trimEnd().split("\n");
    expect(heading).toMatch(/^FROM +EFFECT +OPERATION OR TOOL +WHY$/);
    expect(lines).toEqual([
      expect.stringMatching(/^document +left-out +GET \/gone +\w/),
      expect.stringMatching(/^gemini +changed +listPets +.*\/properties\/code/),
    ]);
  });

  test("loses nothing, and says so", async () => {
    const { exitCode, stdout, stderr } = await print("--diagnostics", "--include", "operationId=getPet");
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
    expect(stderr).toMatch(/Nothing/);
  });

  test("costs what --cost counts, tool by tool and in all", async () => {
    const offered = (await print("--format", "anthropic")).stdout.trimEnd();
    const { stdout } = await print("--format", "anthropic", "--cost", "--json");
    const { encoding, total, tools } = JSON.parse(stdout) as {
      encoding: string;
      total: number;
      tools: { name: string; tokens: number }[];
    };
    expect(encoding).toBe("o200k_base");
    expect(total).toBe(countTokens(JSON.stringify(JSON.parse(offered))));
    expect(tools).toHaveLength(7);
    const sum = tools.reduce((all, { tokens }) => all + tokens, 0);
    expect(Math.abs(sum - total)).toBeLessThan(20);
    const table = await print("--format", "anthropic", "--cost");
    expect(table.stdout).toMatch(new RegExp(`^all, as sent +${total}$`, "m"));
    expect(table.stderr).toContain("o200k_base");
  });

  test("costs less as text than natively in this document", async () => {
    const costs = ["text", "openai"].map(async (format) => {
      const { stdout } = await print("--format", format, "--cost", "--json");
      return (JSON.parse(stdout) as { tools: { tokens: number }[] }).tools.reduce(
        (all, { tokens }) => all + tokens,
        0,
      );
    });
    const [text = 0, openai = 0] = await Promise.all(costs);
    expect(text).toBeLessThan(openai);
  });

  test("has diagnostics or a cost, not both at once", async () => {
    expect(await print("--cost", "--diagnostics")).toMatchObject({ exitCode: 2, stdout: "" });
  });
});
