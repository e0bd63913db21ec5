import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ctrlD, openChat, prompt, startScript } from "./chat-world.ts";
import { calls, holds, piece, says, startEndpoint } from "./fake-endpoint.ts";
import { startPetApi, type PetApi } from "./pet-api.ts";

let api: PetApi;

beforeAll(async () => {
  api = await startPetApi();
});

afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

describe("A conversation at a terminal", () => {
  test("names the endpoint first, then the documents, then waits for the user", async () => {
    const { baseUrl } = await startEndpoint();
    const terminal = openChat(api, baseUrl);
    const introduction = await terminal.see(prompt);
    expect(introduction).toMatch(/^Model: some-model at http:\/\/127\.0\.0\.1:\d+\/v1\n/);
    expect(introduction).toContain(`7 tools of ${api.url}/openapi.json`);
  });

  test("shows an answer while it comes, on as many lines as it has", async () => {
    const { answer, begun } = holds(piece({ content: "Rex is a " }));
    const terminal = openChat(api, (await startEndpoint(answer)).baseUrl);
    await terminal.see(prompt);
    terminal.type("Who is there?\r");
    await terminal.see(/\nRex is /);
    const response = await begun;
    response.end(`${piece({ content: "big\r\n\r\ndog." }, "stop")}data: [DONE]\n\n`);
    expect(await terminal.see(prompt)).toBe("a big\n\ndog.\n> ");
  });

  test("shows calls and what came of them, and asks before those that may change something", async () => {
    const { baseUrl, requests } = await startScript([
      () => ({ text: "Let me see.", calls: [{ name: "getPet", arguments: { petId: 7 } }] }),
      ({ latest }) => {
        expect(latest[0]?.content).toEqual({ id: 7, name: "Rex" });
        return { calls: [{ name: "addPet", arguments: { body: { name: "Tom" } } }] };
      },
      ({ latest }) => ({ text: `It says ${JSON.stringify(latest[0]?.content)}` }),
    ]);
    const terminal = openChat(api, baseUrl);
    await terminal.see(prompt);
    terminal.type("Add Tom beside Rex\r");
    const shown = await terminal.see(/Run addPet \{"body":\{"name":"Tom"\}\}\? \[y\/N\] $/);
    expect(shown).toMatch(
      /\nLet me see\.\n→ getPet \{"petId":7\}\n← getPet ok, \d+ ms: \{"id":7,"name":"Rex"\}\nRun /,
    );
    terminal.type("y\r");
    expect(await terminal.see(prompt)).toMatch(
      /→ addPet .*\n← addPet ok, \d+ ms: .*\nIt says \{"added":\{"name":"Tom"\}\}\n> $/,
    );
    expect(requests).toHaveLength(3);
  });

  test.each(["\r", "n\r", "yes please\r", ctrlD])("runs nothing if the answer is %j", async (keys) => {
    const { baseUrl } = await startScript([
      () => ({ calls: [{ name: "addPet", arguments: { body: { name: "Tom" } } }] }),
      ({ latest }) => ({ text: /MCS_CONSENT_DENIED/.test(latest[0]?.text ?? "") ? "As you like." : "What?" }),
    ]);
    const terminal = openChat(api, baseUrl);
    await terminal.see(prompt);
    terminal.type("Add Tom\r");
    await terminal.see(/\[y\/N\] $/);
    terminal.type(keys);
    expect(await terminal.see(prompt)).toMatch(
      /✗ addPet not run: .*\[MCS_CONSENT_DENIED\]\nAs you like\.\n> $/,
    );
    expect(terminal.raw()).not.toContain("→ addPet");
  });

  test("asks nothing with --yes", async () => {
    const { baseUrl } = await startEndpoint(calls("addPet", { body: { name: "Tom" } }), says("Done."));
    const terminal = openChat(api, baseUrl, "--yes");
    await terminal.see(prompt);
    terminal.type("Add Tom\r");
    expect(await terminal.see(prompt)).toMatch(/← addPet ok.*\nDone\.\n/);
    expect(terminal.raw()).not.toContain("[y/N]");
  });

  test("takes what is pasted at once as one turn", async () => {
    const endpoint = await startEndpoint(says("I see."));
    const terminal = openChat(api, endpoint.baseUrl);
    await terminal.see(prompt);
    terminal.type("first\rsecond\rthird");
    await terminal.see(/I see\.\n> $/);
    expect(endpoint.requests[0]?.messages.at(-1)).toEqual({ role: "user", content: "first\nsecond\nthird" });
  });

  test("has commands that do not reach the model", async () => {
    const endpoint = await startEndpoint();
    const terminal = openChat(api, endpoint.baseUrl);
    await terminal.see(prompt);
    terminal.type("/help\r");
    expect(await terminal.see(prompt)).toContain("/exit");
    terminal.type("/tools\r");
    expect(await terminal.see(prompt)).toMatch(/\ngetPet +Get one pet\.\n/);
    terminal.type("/frob\r");
    expect(await terminal.see(prompt)).toContain("/frob");
    terminal.type("/exit\r");
    expect(await terminal.end()).toBe(0);
    expect(endpoint.requests).toHaveLength(0);
  });

  test("is forgotten with /clear", async () => {
    const endpoint = await startEndpoint(says("One."), says("Two."));
    const terminal = openChat(api, endpoint.baseUrl);
    await terminal.see(prompt);
    terminal.type("1\r");
    await terminal.see(/One\.\n> $/);
    terminal.type("/clear\r");
    await terminal.see(prompt);
    terminal.type("2\r");
    await terminal.see(/Two\.\n> $/);
    expect(endpoint.requests[1]?.messages.slice(1)).toEqual([{ role: "user", content: "2" }]);
  });

  test("shows the arguments of a question to the character", async () => {
    const { baseUrl } = await startEndpoint(
      calls("addPet", { body: { name: "a  b\n\u001b[2J\u202ec" } }),
      says("."),
    );
    const terminal = openChat(api, baseUrl);
    await terminal.see(prompt);
    terminal.type("Go\r");
    expect(await terminal.see(/\[y\/N\] $/)).toContain(
      String.raw`Run addPet {"body":{"name":"a  b\n\u001b[2J\u202ec"}}? [y/N] `,
    );
  });

  test("ends with Ctrl-D", async () => {
    const terminal = openChat(api, (await startEndpoint()).baseUrl);
    await terminal.see(prompt);
    terminal.type(ctrlD);
    expect(await terminal.end()).toBe(0);
  });
});
