import { HelloDriver } from "@mcs/driver-hello";
import { processWithDrivers } from "@mcs/kit";
import { memoryStore, showFiles } from "@mcs/kit/store";
import { jsonStrategy } from "@mcs/llm";
import { toNativeTools } from "@mcs/llm/dialects";
import { writeSystemMessage } from "@mcs/llm/prompts";
import { hermesStrategy } from "@mcs/llm/strategies";
import { describe, expect, test } from "vitest";
import { aiSdk } from "./clients/ai-sdk.ts";
import { anthropic } from "./clients/anthropic.ts";
import type { Client } from "./clients/client.ts";
import { gemini, plainGemini } from "./clients/gemini.ts";
import { ollama } from "./clients/ollama.ts";
import { openaiChat, openaiStrict } from "./clients/openai-chat.ts";
import { openaiResponses } from "./clients/openai-responses.ts";
import { converse } from "./converse.ts";
import { plots } from "./plots.ts";
import { WallDriver } from "./wall-driver.ts";

globalThis.AI_SDK_LOG_WARNINGS = false;

const clients: readonly Client[] = [
  openaiChat,
  openaiStrict,
  openaiResponses,
  anthropic,
  gemini,
  plainGemini,
  ollama,
  ...aiSdk,
];
const store = memoryStore();
const walls = new WallDriver(store);
const drivers = [walls, new HelloDriver()];
const listed = Promise.all(drivers.map((driver) => driver.listTools())).then((lists) => lists.flat());

const inText = plots
  .filter(({ isNative }) => isNative !== true)
  .flatMap((plot) => [
    ...(plot.needsMark === true ? [] : [{ ...plot, form: "JSON", strategy: jsonStrategy }]),
    { ...plot, form: "tags", strategy: hermesStrategy },
  ]);

const ways = clients.flatMap((client) =>
  Object.entries(client.ways).map(([way, ask]) => ({ client, name: client.name, way, ask })),
);

describe.each(ways)("$name: $way", ({ client, way, ask }) => {
  const { format, isBlind = false, mends = [] } = client;
  const told = plots
    .filter(({ hasPictures = false }) => !hasPictures || !isBlind)
    .filter(({ isBroken = false }) => !isBroken || !mends.includes(way));

  test.each(told)("$name, with processWithDrivers", async ({ script, isError }) => {
    const { last, requests, history } = await converse({
      client,
      ask,
      script,
      system: "You look after walls.",
      tools: toNativeTools(await listed, format).tools,
      process: (answer) => processWithDrivers(drivers, answer, { format, showFiles: showFiles(store) }),
    });
    expect(last).toMatchObject({ callExecuted: false, callFailed: false, messages: null });
    expect(requests).toHaveLength(script.length);
    expect(requests.filter(({ refusedFor }) => refusedFor !== undefined)).toEqual([]);
    const isMarked = client.errorMark?.test(JSON.stringify(history)) ?? isError === true;
    expect(isMarked).toBe(isError === true);
  });

  test.each(told.filter(({ needsMore }) => needsMore !== true))(
    "$name, with one driver",
    async ({ script }) => {
      const { systemMessage, tools } = await walls.getNativeToolContext(client.model, format);
      const { last, requests } = await converse({
        client,
        ask,
        script,
        system: systemMessage,
        tools,
        process: (answer) => walls.processLlmResponse(answer, { format }),
      });
      expect(last).toMatchObject({ callExecuted: false, callFailed: false, messages: null });
      expect(requests).toHaveLength(script.length);
    },
  );

  test.each(inText)(
    "$name, with a model that takes text alone, calls in $form",
    async ({ script, strategy }) => {
      const system = writeSystemMessage(await listed, strategy);
      const { last, requests, history } = await converse({
        client,
        ask,
        script,
        system,
        tools: [],
        process: (answer) => processWithDrivers(drivers, answer, { format: "text", strategy }),
      });
      expect(last).toMatchObject({ callExecuted: false, callFailed: false, messages: null });
      expect(requests).toHaveLength(script.length);
      expect(history.map((message) => Reflect.get(message, "role") as unknown)).not.toContain("system");
      const nonces = JSON.stringify(history).match(/nonce=\\"[0-9a-f]{24}\\"/g) ?? [];
      expect(new Set(nonces).size).toBe(nonces.length / 2);
    },
  );

  test("a call that is not the driver's is left to others, and nothing is said", async () => {
    const { last, requests } = await converse({
      client,
      ask,
      script: [() => ({ calls: [{ name: "wall_burn", arguments: {}, invented: true }] })],
      system: "You look after walls.",
      tools: (await walls.getNativeToolContext(client.model, format)).tools,
      process: (answer) => walls.processLlmResponse(answer, { format }),
    });
    expect(last).toMatchObject({ messages: null, unclaimed: [{ name: "wall_burn" }] });
    expect(requests).toHaveLength(1);
  });
});
