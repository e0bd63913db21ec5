import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { key, openChat, prompt, startScript } from "./chat-world.ts";
import { holds, piece, says, sends, startEndpoint, streams, type Answer } from "./fake-endpoint.ts";
import { startPetApi, type PetApi } from "./pet-api.ts";

let api: PetApi;

beforeAll(async () => {
  api = await startPetApi();
});

afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

describe("A failure of the model", () => {
  test("is one sentence and a hint, without the key, and the conversation goes on", async () => {
    const failures = [
      {
        answer: sends(401, `{"error":{"message":"Incorrect API key provided: ${key}."}}`),
        code: "MCS_AUTH_REQUIRED",
      },
      { answer: sends(403, ""), code: "MCS_PERMISSION_DENIED" },
      { answer: sends(404, '{"error":"model \\"some-model\\" not found"}'), code: "MCS_NOT_FOUND" },
      {
        answer: sends(429, '{"error":{"message":"Slow down"}}', { "retry-after": "7" }),
        code: "MCS_RATE_LIMITED",
      },
      { answer: sends(400, '{"detail":"some-model does not support tools"}'), code: "MCS_REMOTE" },
      { answer: sends(503, "<html>"), code: "MCS_REMOTE" },
      { answer: sends(200, "<html>", { "content-type": "text/html" }), code: "MCS_NOT_FOUND" },
      { answer: sends(200, "data: {\n\n", { "content-type": "text/event-stream" }), code: "MCS_REMOTE" },
      {
        answer: sends(200, 'data: {"error":{"message":"overloaded"}}\n\n', {
          "content-type": "text/event-stream",
        }),
        code: "MCS_REMOTE",
      },
      {
        answer: sends(200, piece({ content: "" }), { "content-type": "text/event-stream" }),
        code: "MCS_TRANSPORT",
      },
      { answer: ((response) => void response.destroy()) satisfies Answer, code: "MCS_TRANSPORT" },
    ];
    const endpoint = await startEndpoint(...failures.map(({ answer }) => answer), says("At last."));
    const terminal = openChat(api, endpoint.baseUrl);
    await terminal.see(prompt);
    for (const { code } of failures) {
      terminal.type("Hello\r");
      expect(await terminal.see(prompt)).toMatch(new RegExp(`\\nmcs: .+\\[${code}\\]\\n {5}\\S.*\\n> $`));
    }
    terminal.type("Hello\r");
    await terminal.see(/At last\.\n> $/);
    expect(endpoint.requests.at(-1)?.messages).toHaveLength(2);
    expect(terminal.raw()).not.toContain(key);
  });

  test("in the middle of an answer keeps what was said", async () => {
    const { answer, begun } = holds(piece({ content: "Rex is a big " }));
    const endpoint = await startEndpoint(answer, says("dog."));
    const terminal = openChat(api, endpoint.baseUrl);
    await terminal.see(prompt);
    terminal.type("Who?\r");
    await terminal.see(/Rex is a /);
    (await begun).destroy();
    expect(await terminal.see(prompt)).toContain("[MCS_TRANSPORT]");
    terminal.type("Go on\r");
    await terminal.see(/dog\.\n> $/);
    expect(endpoint.requests[1]?.messages[2]).toMatchObject({
      content: expect.stringMatching(/^Rex is a /) as string,
    });
  });

  test("that cannot be reached is told from one that hangs up", async () => {
    const endpoint = await startEndpoint();
    const terminal = openChat(api, endpoint.baseUrl);
    await terminal.see(prompt);
    await endpoint.close();
    terminal.type("Hello\r");
    expect(await terminal.see(prompt)).toMatch(/mcs: .*ECONNREFUSED.*\[MCS_TRANSPORT\]\n.*--base-url/);
  });

  test("to come to an end stops it after 25 answers", async () => {
    const call = { calls: [{ name: "getPet", arguments: { petId: 7 } }] } as const;
    const { baseUrl, requests } = await startScript([
      ...Array.from({ length: 25 }, () => () => call),
      () => ({ text: "not reached: the note stands here" }),
      () => ({ text: "Sorry." }),
    ]);
    const terminal = openChat(api, baseUrl);
    await terminal.see(prompt);
    terminal.type("Go\r");
    expect(await terminal.see(/25 answers[\s\S]*\n> $/)).not.toContain("MCS_INVALID");
    expect(requests).toHaveLength(25);
    terminal.type("Enough\r");
    await terminal.see(/Sorry\.\n> $/);
  });

  test("to say all is told", async () => {
    const { baseUrl } = await startEndpoint(
      streams([{ content: "Rex is" }], "length"),
      streams([{ content: "" }]),
    );
    const terminal = openChat(api, baseUrl);
    await terminal.see(prompt);
    terminal.type("Who?\r");
    expect(await terminal.see(prompt)).toMatch(/\nRex is\n.*cut off.*\n> $/);
    terminal.type("Who?\r");
    expect(await terminal.see(prompt)).toMatch(/said nothing/);
  });
});
