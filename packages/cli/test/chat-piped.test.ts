import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { key, pipeChat, startScript } from "./chat-world.ts";
import { calls, says, sends, startEndpoint } from "./fake-endpoint.ts";
import { startPetApi, token, type PetApi } from "./pet-api.ts";
import { runMcs, startMcs } from "./run-mcs.ts";

let api: PetApi;
let spec: string;

beforeAll(async () => {
  api = await startPetApi();
  spec = `${api.url}/openapi.json`;
});

afterAll(async () => {
  await api[Symbol.asyncDispose]();
});

describe("Lines that are piped in", () => {
  test("are a turn each and no command, with the answers alone on stdout", async () => {
    const { baseUrl } = await startScript([
      () => ({ text: "I look.", calls: [{ name: "getPet", arguments: { petId: 7 } }] }),
      () => ({ text: "Rex." }),
      ({ task }) => ({ text: `You said: ${task}` }),
      ({ task }) => ({ text: `You said: ${task}` }),
    ]);
    const run = await pipeChat(baseUrl, "Who is 7?\n\n/tools\n/exit", spec, "-m", "some-model");
    expect({ exitCode: run.exitCode, stdout: run.stdout }).toEqual({
      exitCode: 0,
      stdout: "I look.\nRex.\nYou said: /tools\nYou said: /exit\n",
    });
    expect(run.stderr.replaceAll(/\d+ ms/g, "0 ms")).toBe(
      [
        `Model: some-model at ${baseUrl}`,
        `api: 7 tools of ${spec}`,
        '→ getPet {"petId":7}',
        '← getPet ok, 0 ms: {"id":7,"name":"Rex"}',
        "",
      ].join("\n"),
    );
  });

  test("have nobody to ask, so that only --yes changes anything", async () => {
    const answers = [calls("addPet", { body: { name: "Tom" } }), says("Well.")];
    const refused = await pipeChat((await startEndpoint(...answers)).baseUrl, "Add Tom", spec, "-m", "m");
    expect(refused.stderr).toMatch(/✗ addPet not run: .*--yes.*\[MCS_CONSENT_DENIED\]/);
    expect(refused.stderr).not.toContain("→ addPet");
    const { baseUrl } = await startEndpoint(...answers);
    const allowed = await runMcs(
      ["chat", spec, "-m", "m", "-y", "--base-url", baseUrl, "-c", "bearerAuth=env:PETS"],
      {
        stdin: "Add Tom",
        env: { OPENAI_API_KEY: key, PETS: token, OPENAI_BASE_URL: "http://127.0.0.1:9/v1" },
      },
    );
    expect(allowed.stderr).toContain("← addPet ok");
  });

  test("end at the first that fails", async () => {
    const endpoint = await startEndpoint(says("One."), sends(429, ""));
    const { exitCode, stdout, stderr } = await pipeChat(endpoint.baseUrl, "1\n2\n3\n", spec, "-m", "m");
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "One.\n" });
    expect(stderr).toMatch(/\nmcs: .*\[MCS_RATE_LIMITED\]\n {5}.*\n$/);
    expect(endpoint.requests).toHaveLength(2);
  });

  test("end with Ctrl-C, and with everything that runs", async () => {
    const { baseUrl } = await startEndpoint(calls("hang", {}));
    const hung = once(api.hung, "request");
    const child = startMcs(["chat", spec, "-m", "m"], { OPENAI_API_KEY: key, OPENAI_BASE_URL: baseUrl });
    child.stdin.write("Go\nOn\n");
    const [request] = await hung;
    const closed = once(request.socket, "close");
    child.kill("SIGINT");
    const [exitCode] = await once(child, "close");
    await closed;
    expect(exitCode).toBe(130);
  });

  test("carry instructions in front of those for the tools", async () => {
    const endpoint = await startEndpoint(says("Arr."));
    await pipeChat(endpoint.baseUrl, "Hello", spec, "-m", "m", "--system", "Talk like a pirate.");
    expect(endpoint.requests[0]?.messages[0]).toMatchObject({
      role: "system",
      content: expect.stringMatching(/^Talk like a pirate\.\n\n.*tools/) as string,
    });
  });

  test("offer only the operations that fit", async () => {
    const endpoint = await startEndpoint(says("Yes."));
    await pipeChat(
      endpoint.baseUrl,
      "Hello",
      spec,
      "-m",
      "m",
      "--include",
      "tag=pets",
      "--exclude",
      "method=post",
    );
    expect(endpoint.requests[0]?.tools).toHaveLength(1);
  });
});

describe("A model without native tools", () => {
  test.each([["gemma-2-9b"], ["tool-free", "--format", "text"]])(
    "(%s) calls in text, which nobody sees",
    async (...model) => {
      const endpoint = await startScript([
        () => ({ text: "I look.", calls: [{ name: "getPet", arguments: { petId: 7 } }] }),
        ({ latest }) => ({ text: `It is ${JSON.stringify(latest[0]?.content)}` }),
      ]);
      const { stdout, stderr } = await pipeChat(endpoint.baseUrl, "Who is 7?", spec, "-m", ...model);
      expect(stdout).toBe('I look.\nIt is {"id":7,"name":"Rex"}\n');
      expect(stderr).toContain("← getPet ok");
    },
  );

  test("is answered where its call cannot be read", async () => {
    const { baseUrl } = await startEndpoint(
      says('{"tool": "getPet", "arguments": {"petId": sev'),
      says("Sorry."),
    );
    const { stdout, stderr } = await pipeChat(baseUrl, "Who?", spec, "-m", "m", "--format", "text");
    expect(stdout).toBe("Sorry.\n");
    expect(stderr).toMatch(/✗ getPet/);
  });
});

describe("Several documents", () => {
  test("are several drivers, with their own names, credentials and servers", async () => {
    const { baseUrl } = await startScript([
      () => ({
        calls: [
          { name: "one__addPet", arguments: { body: { name: "Tom" } } },
          { name: "elsewhere__getPet", arguments: { petId: 7 } },
          { name: "elsewhere__addPet", arguments: { body: { name: "Tim" } } },
          { name: "getPet", arguments: { petId: 7 }, invented: true },
        ],
      }),
      ({ latest }) => ({
        text: latest.map(({ text }) => /MCS_\w+|one__getPet|"\w+"/.exec(text)?.[0]).join(" "),
      }),
    ]);
    const args = [`one=${spec}`, `${api.url}/elsewhere.json`, "--server", `elsewhere=${api.url}`];
    const run = await runMcs(["chat", ...args, "-m", "some-model", "-y", "-c", "one.bearerAuth=env:ONE"], {
      stdin: "Go",
      env: { OPENAI_API_KEY: key, OPENAI_BASE_URL: baseUrl, ONE: token },
    });
    expect(run.stdout).toBe('"added" "id" MCS_AUTH_REQUIRED MCS_UNKNOWN_TOOL\n');
    expect(run.stderr).toMatch(/\none: 7 tools of .*\nelsewhere: 7 tools of /);
    expect(run.stderr).not.toContain(token);
  });

  test("answer a name that none of them has with the nearest", async () => {
    const endpoint = await startEndpoint(calls("one__getPets", {}), says("Oh."));
    await pipeChat(endpoint.baseUrl, "Go", `one=${spec}`, `two=${spec}`, "-m", "m");
    expect(endpoint.requests[1]?.messages.at(-1)).toMatchObject({
      role: "tool",
      content: expect.stringContaining("one__getPet") as string,
    });
  });
});
