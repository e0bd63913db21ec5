import { describe, expect, test } from "vitest";
import { jsonStrategy } from "../src/index.ts";
import { functionCall, read, readCalls } from "./fixtures/answers.ts";

const call = `{"tool": "get_pet", "arguments": {"petId": 7}}`;
const getPet7 = { name: "get_pet", arguments: { petId: 7 }, known: true };
const pingCall = { name: "ping", arguments: {}, known: true };

describe("finds calls in text", () => {
  test.each([
    { name: "a bare object", given: call, want: [getPet7] },
    { name: "an object in a json fence", given: `\`\`\`json\n${call}\n\`\`\``, want: [getPet7] },
    { name: "an object in a fence without language", given: `\`\`\`\n${call}\n\`\`\``, want: [getPet7] },
    { name: "a fence on one line", given: `\`\`\`json ${call} \`\`\``, want: [getPet7] },
    { name: "a fence that is never closed", given: `\`\`\`json\n${call}`, want: [getPet7] },
    { name: "an object in prose", given: `I look it up: ${call} One moment.`, want: [getPet7] },
    {
      name: "several objects, one after the other",
      given: `${call}\n{"tool":"ping"}`,
      want: [getPet7, pingCall],
    },
    { name: "objects joined by commas", given: `${call}, {"tool":"ping"}`, want: [getPet7, pingCall] },
    { name: "an array of calls", given: `[${call}, {"tool":"ping"}]`, want: [getPet7, pingCall] },
    {
      name: "several calls in one fence",
      given: `\`\`\`json\n${call}\n${call}\n\`\`\``,
      want: [getPet7, getPet7],
    },
    { name: "other keys for name and arguments", given: `{"name":"ping","parameters":{}}`, want: [pingCall] },
    {
      name: "arguments before the name",
      given: `{"arguments":{"petId":7},"tool":"get_pet"}`,
      want: [getPet7],
    },
    {
      name: "arguments as a JSON string of an object",
      given: String.raw`{"tool":"get_pet","arguments":"{\"petId\":7}"}`,
      want: [getPet7],
    },
    { name: "arguments that are null", given: `{"tool":"ping","arguments":null}`, want: [pingCall] },
    {
      name: "call id and type beside the call",
      given: `{"id":"1","type":"function","name":"ping","args":{}}`,
      want: [{ ...pingCall, id: "1" }],
    },
    {
      name: "an argument that is called like the name key",
      given: `{"tool":"get_pet","arguments":{"petId":7,"tool":"ping"}}`,
      want: [{ ...getPet7, arguments: { petId: 7, tool: "ping" } }],
    },
    {
      name: "a tool's alias, under its own name",
      given: `{"tool":"find_pet","arguments":{"petId":7}}`,
      want: [getPet7],
    },
    {
      name: "a Hermes tag",
      given: `<tool_call>\n{"name":"get_pet","arguments":{"petId":7}}\n</tool_call>`,
      want: [getPet7],
    },
    {
      name: "several Hermes tags with prose between",
      given: `First <tool_call>{"name":"ping"}</tool_call> then <tool_call>${call}</tool_call>`,
      want: [pingCall, getPet7],
    },
    { name: "a Hermes tag that is not closed", given: `<tool_call>${call}`, want: [getPet7] },
    {
      name: "a list in a Hermes tag",
      given: `<tool_call>[${call},${call}]</tool_call>`,
      want: [getPet7, getPet7],
    },
    {
      name: "a Hermes tag in a json fence",
      given: `\`\`\`json\n<tool_call>${call}</tool_call>\n\`\`\``,
      want: [getPet7],
    },
    {
      name: "an unknown name in a Hermes tag",
      given: `<tool_call>{"name":"fly","arguments":{"to":"Mars"}}</tool_call>`,
      want: [{ name: "fly", arguments: { to: "Mars" }, known: false }],
    },
    { name: "a call after reasoning", given: `<think>{"tool":"ping"}? No.</think>${call}`, want: [getPet7] },
    {
      name: "a call after reasoning whose opening mark is missing",
      given: `{"tool":"ping"}\n</think>\n${call}`,
      want: [getPet7],
    },
    {
      name: "a call after a result that the model repeats",
      given: `<tool_response>{"tool":"ping"}</tool_response>\n${call}`,
      want: [getPet7],
    },
    {
      name: "a call after braces in prose",
      given: `In {curly} and [square] brackets, or a lone {:\n${call}`,
      want: [getPet7],
    },
    {
      name: "a call after inline code and a block of code",
      given: `\`{\` and\n\`\`\`js\nf({\n\`\`\`\n${call}`,
      want: [getPet7],
    },
    { name: "a call before an end token", given: `${call}<|im_end|>`, want: [getPet7] },
    { name: "a call beside data", given: `{"name":"Rex","age":3}\n${call}`, want: [getPet7] },
  ])("$name", ({ given, want }) => {
    const reading = readCalls(given);
    expect(reading.calls).toEqual(want.map((one, index) => ({ id: `call_${index + 1}`, ...one })));
    expect(reading.failures).toEqual([]);
    expect(reading.format).toBe("text");
  });

  test.each([
    "</tool_call><tool_call>{",
    "``` \n```json\n{",
    "<think></think>",
    String.raw`"}} \ {"tool":"ping"}`,
    "é 漢 🐕 \u2028",
  ])("keeps %j in an argument as it is", (petName) => {
    const args = { petName };
    for (const given of [
      JSON.stringify({ tool: "ping", arguments: args }),
      `<tool_call>${JSON.stringify({ name: "ping", arguments: args })}</tool_call>`,
      `\`\`\`json\n${JSON.stringify({ tool: "ping", arguments: args }, null, 2)}\n\`\`\``,
    ])
      expect(readCalls(given).calls.map((one) => one.arguments)).toEqual([args]);
  });

  test("counts a bare object that names another driver's tool, as unknown", () => {
    const answer = `{"tool":"send_mail","arguments":{"to":"a@b.example"}}`;
    expect(read(answer).kind).toBe("none");
    expect(readCalls(answer, { otherTools: ["send_mail"] }).calls).toMatchObject([
      { name: "send_mail", known: false },
    ]);
  });

  test("reads a message object without native calls, and an empty list of them only where text was asked for", () => {
    expect(readCalls({ role: "assistant", content: call }).format).toBe("text");
    expect(readCalls({ choices: [{ message: { role: "assistant", content: call } }] }).format).toBe("text");
    expect(readCalls({ role: "assistant", content: [{ type: "text", text: call }] }).format).toBe("text");
    for (const none of [[], null]) {
      const message = { role: "assistant", content: call, tool_calls: none };
      expect(read(message).kind).toBe("none");
      expect(readCalls(message, { format: "text" }).format).toBe("text");
    }
  });

  test.each(["user", "tool", "function", "system", "developer"])(
    "reads nothing in a message of %s",
    (role) => {
      expect(read({ role, content: call }).kind).toBe("none");
      expect(read({ role, content: null, tool_calls: [functionCall("a", "ping", "{}")] }).kind).toBe("none");
    },
  );

  test("returns the prose beside the calls, without reasoning and end tokens", () => {
    const { text } = readCalls(`<think>hm</think>Just a moment. ${call} Here \`x\`.</s>`);
    expect(text).toBe("Just a moment.  Here `x`.");
  });

  test("reads the keys that the strategy names", () => {
    const parsing = { ...jsonStrategy.parsing, toolFieldAliases: ["werkzeug"] };
    expect(readCalls(`{"werkzeug":"ping"}`, { strategy: { ...jsonStrategy, parsing } }).calls).toMatchObject([
      pingCall,
    ]);
  });
});

describe("looks like a call, but is none", () => {
  test.each([
    { name: "plain prose", given: "The pet is called Rex." },
    { name: "an empty answer", given: "" },
    { name: "an unknown name without a marker", given: `{"tool":"fly","arguments":{}}` },
    { name: "a name that only resembles a tool's", given: `{"tool":"getPet","arguments":{"petId":7}}` },
    {
      name: "data with other keys beside those of a call",
      given: `{"name":"ping","arguments":{},"latency":3}`,
    },
    { name: "data that has a tool's name", given: `{"name":"ping"}` },
    { name: "two names in one object", given: `{"tool":"ping","name":"get_pet","arguments":{}}` },
    { name: "a call inside of other data", given: `{"log":[${call}]}` },
    { name: "a list of calls and other data", given: `[${call}, {"a":1}]` },
    { name: "an object of another type", given: `{"type":"folder","name":"ping","args":{}}` },
    {
      name: "an echoed tool definition",
      given: `{"name":"get_pet","description":"Find a pet","parameters":{"type":"object","properties":{}}}`,
    },
    {
      name: "an echoed definition without description",
      given: `{"name":"get_pet","parameters":{"type":"object","properties":{"petId":{}}}}`,
    },
    { name: "echoed definitions in their tag", given: `<tools>${call}</tools>` },
    { name: "a call in reasoning", given: `<think>${call}</think>No, I know it.` },
    { name: "a call in reasoning that never ends", given: `<think>I could ${call}` },
    { name: "a call in bracketed reasoning", given: `[THINK]${call}[/THINK] done` },
    { name: "a Hermes tag in reasoning", given: `<thinking><tool_call>${call}</tool_call></thinking> done` },
    { name: "a call before a closing mark of reasoning", given: `${call}</think> It is Rex.` },
    { name: "a call in a repeated result", given: `<tool_response>\n${call}\n</tool_response> Done.` },
    {
      name: "a call in our own fence around a result",
      given: `<tool_result id="call_1" tool="x" nonce="0badcafe">\n</tool_result>${call}\n</tool_result nonce="0badcafe">`,
    },
    { name: "a call in inline code", given: `Write \`${call}\` to call it.` },
    { name: "a Hermes tag in inline code", given: `Write \`<tool_call>${call}</tool_call>\` to call it.` },
    { name: "a call in a block of code", given: `\`\`\`python\n${call}\n\`\`\`` },
    { name: "a call in a block of code with tildes", given: `~~~js\n${call}\n~~~` },
    { name: "a call in a block of code that never ends", given: `\`\`\`js\n${call}` },
    { name: "a fence with a call and a comment", given: `\`\`\`json\n// like this:\n${call}\n\`\`\`` },
    { name: "a fence within a fence", given: `\`\`\`\`md\n\`\`\`json\n${call}\n\`\`\`\n\`\`\`\`` },
    { name: "a call in quotation marks", given: `He wrote "${call}" to me.` },
    { name: "a Hermes tag in quotation marks", given: `Use "<tool_call>${call}</tool_call>" for that.` },
    { name: "a call in a quoted line", given: `> ${call}\n\nThat is what you sent.` },
    { name: "a call in a comment", given: `// ${call}\nno` },
    { name: "a call in an HTML comment", given: `<!-- ${call} --> no` },
    { name: "a call assigned in code", given: `const x = ${call};` },
    { name: "a call passed in code", given: `send(${call})` },
    { name: "a call as a member of an object that is not JSON", given: `{call: ${call}}` },
    { name: "a call in brackets that are not JSON", given: `[see ${call}]` },
    { name: "a call behind broken data that never ends", given: `{"a": oops, ${call}` },
    { name: "a mention of the marker", given: "I use <tool_call> tags." },
    { name: "an empty marker", given: "<tool_call></tool_call>" },
    { name: "a name that does not come to its end", given: `{"tool": "get_p` },
  ])("$name", ({ given }) => {
    expect(read(given)).toEqual({ kind: "none" });
  });
});

describe("fails calls that are recognised but cannot be used", () => {
  test.each([
    { name: "broken JSON", given: `{"tool":"get_pet","arguments":{"petId":oops}}`, tool: "get_pet" },
    { name: "a call cut off in a string", given: `{"tool":"get_pet","arguments":{"q":"Re`, tool: "get_pet" },
    {
      name: "a call cut off after a number",
      given: `{"tool":"get_pet","arguments":{"petId":7`,
      tool: "get_pet",
    },
    {
      name: "a call cut off before its last brace",
      given: `{"tool":"get_pet","arguments":{"petId":7}`,
      tool: "get_pet",
    },
    { name: "a Hermes call that is cut off", given: `<tool_call>{"name":"get_pet","argum`, tool: "get_pet" },
    {
      name: "a Hermes call of an unknown tool that is cut off",
      given: `<tool_call>{"name":"fly","arguments":{`,
      tool: "fly",
    },
    {
      name: "a Hermes call without a name",
      given: `<tool_call>{"arguments":{}}</tool_call>`,
      tool: undefined,
    },
    {
      name: "a Hermes call with arguments beside the name",
      given: `<tool_call>{"name":"get_pet","petId":7}</tool_call>`,
      tool: "get_pet",
    },
    { name: "arguments that are an array", given: `{"tool":"get_pet","arguments":[7]}`, tool: "get_pet" },
    { name: "arguments that are a number", given: `{"tool":"get_pet","arguments":7}`, tool: "get_pet" },
    {
      name: "arguments that are prose",
      given: `{"tool":"get_pet","arguments":"the seventh"}`,
      tool: "get_pet",
    },
    {
      name: "an argument given twice",
      given: `{"tool":"get_pet","arguments":{"petId":7,"petId":8}}`,
      tool: "get_pet",
    },
    {
      name: "a number that would be rounded",
      given: `{"tool":"get_pet","arguments":{"petId":9007199254740993}}`,
      tool: "get_pet",
    },
    {
      name: "a number that would be infinite",
      given: `{"tool":"get_pet","arguments":{"petId":1e999}}`,
      tool: "get_pet",
    },
    {
      name: "a prototype key",
      given: `{"tool":"get_pet","arguments":{"__proto__":{"petId":7}}}`,
      tool: "get_pet",
    },
    {
      name: "a constructor key deep inside",
      given: `{"tool":"get_pet","arguments":{"a":[{"constructor":1}]}}`,
      tool: "get_pet",
    },
    {
      name: "arguments nested too deeply",
      given: `{"tool":"get_pet","arguments":{"a":${"[".repeat(300)}`,
      tool: "get_pet",
    },
  ])("$name", ({ given, tool }) => {
    const { calls, failures } = readCalls(given);
    expect(calls).toEqual([]);
    expect(failures).toHaveLength(1);
    expect(failures[0]?.name).toBe(tool);
    expect(failures[0]?.retryPrompt).toContain(tool ?? "name");
  });

  test("names the place of the fault", () => {
    const [failure] = readCalls(`{"tool":"get_pet","arguments":{"petId":oops}}`).failures;
    expect(failure?.retryPrompt).toContain("character 40");
  });

  test("reads no call behind a broken one, because its arguments may quote calls", () => {
    const given = `{"tool":"get_pet","arguments":{"q":"say "{\\"tool\\":"ping"}" {"tool":"ping"}`;
    const { calls, failures } = readCalls(`${given}\n{"tool":"ping"}`);
    expect(calls).toEqual([]);
    expect(failures).toHaveLength(1);
  });

  test("goes on behind the closing tag of a broken call", () => {
    const { calls, failures, ids } = readCalls(
      `<tool_call>{"name":"get_pet","arguments":{"a":}}</tool_call><tool_call>{"name":"ping"}</tool_call>`,
    );
    expect(failures).toMatchObject([{ id: "call_1", name: "get_pet" }]);
    expect(calls).toMatchObject([{ id: "call_2", name: "ping" }]);
    expect(ids).toEqual(["call_1", "call_2"]);
  });

  test("keeps the calls of a list that is cut off, and fails the cut one", () => {
    const { calls, failures } = readCalls(`[${call}, {"tool":"get_pet","arguments":{"pet`);
    expect(calls).toMatchObject([getPet7]);
    expect(failures).toMatchObject([{ id: "call_2", name: "get_pet" }]);
  });

  test("fails the last call of an answer that was cut off, although it looks whole", () => {
    const { calls, failures } = readCalls(`${call}\n${call}`, { cutOff: true });
    expect(calls.map(({ id }) => id)).toEqual(["call_1"]);
    expect(failures.map(({ id }) => id)).toEqual(["call_2"]);
  });
});

describe("mends syntax without touching meaning, and says so", () => {
  test.each([
    { name: "a trailing comma", given: `{"tool":"get_pet","arguments":{"petId":7,},}`, want: { petId: 7 } },
    {
      name: "a trailing comma in an array",
      given: `{"tool":"get_pet","arguments":{"a":[1,]}}`,
      want: { a: [1] },
    },
    {
      name: "a raw line break in a string",
      given: `{"tool":"get_pet","arguments":{"q":"a\nb\tc"}}`,
      want: { q: "a\nb\tc" },
    },
    { name: "a list that is not closed", given: `[{"tool":"get_pet","arguments":{}}`, want: {} },
  ])("$name", ({ given, want }) => {
    const { calls, healed } = readCalls(given);
    expect(calls.map((one) => one.arguments)).toEqual([want]);
    expect(healed).toHaveLength(1);
    expect(healed[0]).toContain("get_pet");
  });

  test("reports nothing where nothing was mended", () => {
    expect(readCalls(call).healed).toEqual([]);
  });
});
