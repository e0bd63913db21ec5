import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anthropicRules } from "../src/scripted-model/anthropic/anthropic-rules.ts";
import { geminiRules } from "../src/scripted-model/gemini/gemini-rules.ts";
import { ollamaRules } from "../src/scripted-model/ollama/ollama-rules.ts";
import { responsesRules } from "../src/scripted-model/responses/responses-rules.ts";
import { startScriptedModel, type ScriptedModel } from "../src/scripted-model.ts";
import { anthropic } from "./refusals/anthropic.ts";
import type { Body } from "./refusals/control.ts";
import { gemini } from "./refusals/gemini.ts";
import { ollama } from "./refusals/ollama.ts";
import { responses } from "./refusals/responses.ts";

const apis = [
  {
    name: "Anthropic Messages",
    path: "/v1/messages",
    key: { "x-api-key": "right-key" },
    rules: anthropicRules,
    ...anthropic,
    error: { type: "error", error: { type: "invalid_request_error", message: expect.any(String) } },
    noKey: 401,
  },
  {
    name: "Gemini generateContent",
    path: "/v1beta/models/reasoning:generateContent",
    key: { "x-goog-api-key": "right-key" },
    rules: geminiRules,
    ...gemini,
    error: { error: { code: 400, status: "INVALID_ARGUMENT", message: expect.any(String) } },
    noKey: 403,
  },
  {
    name: "OpenAI Responses",
    path: "/v1/responses",
    key: { authorization: "Bearer right-key" },
    rules: responsesRules,
    ...responses,
    error: { error: { type: "invalid_request_error", message: expect.any(String) } },
    noKey: 401,
  },
  {
    name: "Ollama",
    path: "/api/chat",
    key: {},
    rules: ollamaRules,
    ...ollama,
    error: { error: expect.any(String) },
    noKey: 200,
  },
] as const;

let model: ScriptedModel;
beforeAll(async () => {
  model = await startScriptedModel({
    script: [() => ({ text: "hello" }), () => ({ text: "done" })],
    models: [
      { id: "reasoning", reasons: true },
      { id: "text", nativeTools: false },
    ],
    apiKey: "right-key",
  });
});
afterAll(() => model.close());

async function post(
  path: string,
  headers: object,
  body: unknown,
): Promise<{ status: number; json: unknown }> {
  const response = await fetch(`${model.origin}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, json: await response.json() };
}

describe.each(apis)("$name", ({ path, key, rules, request, controls, error, noKey }) => {
  test("takes the request that the controls change", async () => {
    expect(await post(path, key, request())).toMatchObject({ status: 200 });
    expect(model.requests.at(-1)?.refusedFor).toBeUndefined();
  });

  test.each(controls.map((control) => ({ by: "", ...control })))(
    "refuses $rule $by",
    async ({ rule, change }) => {
      const body: Body = request();
      change(body);
      expect(await post(path, key, body)).toMatchObject({ status: 400, json: error });
      expect(model.requests.at(-1)?.refusedFor).toBe(rule);
    },
  );

  test("has a control for every rule", () => {
    expect(new Set(controls.map(({ rule }) => rule))).toEqual(new Set(rules.map(({ name }) => name)));
  });

  test("refuses a body that is no object, a missing key, a model that it does not have", async () => {
    expect((await post(path, key, [])).status).toBe(400);
    expect((await post(path, {}, request())).status).toBe(noKey);
    const unknown = { ...request(), model: "unknown" };
    expect((await post(path.replace("reasoning", "unknown"), key, unknown)).status).toBe(404);
  });

  test("refuses tools for a model that takes none", async () => {
    const body = { ...request(), model: "text" };
    expect((await post(path.replace("reasoning", "text"), key, body)).status).toBe(400);
    expect(model.requests.at(-1)?.refusedFor).toBe("tools for a model that takes none");
  });

  test("says when the script is over", async () => {
    const other = await startScriptedModel({ script: [], models: [{ id: "reasoning" }] });
    const response = await fetch(`${other.origin}${path}`, {
      method: "POST",
      headers: { "x-api-key": "any", "x-goog-api-key": "any", authorization: "Bearer any" },
      body: JSON.stringify(request()),
    });
    await other.close();
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("The script of this stand-in has 0 steps");
  });
});
