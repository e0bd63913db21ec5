import { signatureOf } from "../../src/scripted-model/gemini/gemini-turn-rules.ts";
import { at, listAt, type Body, type Control } from "./control.ts";

const call = (id: string): Body => ({ id, name: "paint", args: { wall: 1 } });
const answer = (id: string): object => ({
  functionResponse: { id, name: "paint", response: { output: "ok" } },
});

/** Two calls, the first of them signed, both answered, one with a picture. */
const request = (): Body => ({
  tools: [
    {
      functionDeclarations: [
        { name: "paint", parameters: { type: "OBJECT", properties: { wall: { type: "INTEGER" } } } },
        { name: "list", parametersJsonSchema: { type: "object", additionalProperties: false } },
      ],
    },
  ],
  contents: [
    { role: "user", parts: [{ text: "Paint." }] },
    {
      role: "model",
      parts: [
        { text: "Hm.", thought: true },
        { functionCall: call("a"), thoughtSignature: signatureOf("reasoning", call("a")) },
        { functionCall: call("b") },
      ],
    },
    {
      role: "user",
      parts: [
        {
          functionResponse: {
            id: "a",
            name: "paint",
            response: { output: "ok" },
            parts: [{ inlineData: { mimeType: "image/png", data: "iVBORw==" } }],
          },
        },
        answer("b"),
      ],
    },
  ],
});

const model = (body: Body): unknown[] => listAt(body, "contents", 1, "parts");
const answers = (body: Body): unknown[] => listAt(body, "contents", 2, "parts");
const response = (body: Body): Body => at(body, "contents", 2, "parts", 0, "functionResponse");
const declaration = (body: Body): Body => at(body, "tools", 0, "functionDeclarations", 0);

const controls: readonly Control[] = [
  { rule: "no contents", change: (body) => (body["contents"] = []) },
  { rule: "a role that is none", change: (body) => (at(body, "contents", 1)["role"] = "assistant") },
  { rule: "an unknown member", by: "a content", change: (body) => (at(body, "contents", 1)["content"] = "") },
  { rule: "an unknown member", by: "a part", change: (body) => model(body).push({ type: "text", text: "" }) },
  { rule: "a content without parts", change: (body) => (at(body, "contents", 0)["parts"] = []) },
  {
    rule: "a part that is nothing, or two things",
    by: "nothing",
    change: (body) => model(body).push({ thought: true }),
  },
  {
    rule: "a part that is nothing, or two things",
    by: "two",
    change: (body) => (at(body, "contents", 1, "parts", 2)["text"] = "and"),
  },
  { rule: "a call without a name", by: "a call", change: (body) => model(body).push({ functionCall: {} }) },
  { rule: "a call without a name", by: "an answer", change: (body) => delete response(body)["name"] },
  {
    rule: "arguments or a response that are no object",
    by: "arguments",
    change: (body) => (at(body, "contents", 1, "parts", 2, "functionCall")["args"] = "{}"),
  },
  {
    rule: "arguments or a response that are no object",
    by: "a response",
    change: (body) => (response(body)["response"] = "ok"),
  },
  {
    rule: "a file of a type that is not taken",
    change: (body) => (at(response(body), "parts", 0, "inlineData")["mimeType"] = "image/gif"),
  },
  {
    rule: "data that are not base64",
    change: (body) => (at(response(body), "parts", 0, "inlineData")["data"] = "data:,"),
  },
  {
    rule: "a call by the user",
    change: (body) => answers(body).push({ functionCall: call("c") }),
  },
  { rule: "an answer by the model", change: (body) => model(body).push(answer("a")) },
  {
    rule: "two turns of one role",
    by: "user",
    change: (body) => {
      const [second] = answers(body).splice(1, 1);
      listAt(body, "contents").push({ role: "user", parts: [second] });
    },
  },
  {
    rule: "two turns of one role",
    by: "model",
    change: (body) => listAt(body, "contents").splice(1, 0, { role: "model", parts: [{ text: "Well." }] }),
  },
  { rule: "a conversation that ends with the model", change: (body) => listAt(body, "contents").pop() },
  { rule: "a call that follows no turn of the user", change: (body) => listAt(body, "contents").shift() },
  {
    rule: "an answer that follows no call",
    change: (body) => listAt(body, "contents", 1, "parts").splice(1, 2),
  },
  { rule: "other answers than calls in number", by: "fewer", change: (body) => answers(body).pop() },
  {
    rule: "other answers than calls in number",
    by: "more",
    change: (body) => answers(body).push(answer("b")),
  },
  { rule: "an answer of another name", change: (body) => (response(body)["name"] = "list") },
  { rule: "an answer of another id", by: "another", change: (body) => (response(body)["id"] = "b") },
  { rule: "an answer of another id", by: "none", change: (body) => delete response(body)["id"] },
  {
    rule: "a call without its thought signature",
    change: (body) => delete at(body, "contents", 1, "parts", 1)["thoughtSignature"],
  },
  {
    rule: "a thought signature that is not the call's",
    by: "another",
    change: (body) => (at(body, "contents", 1, "parts", 1)["thoughtSignature"] = "AA=="),
  },
  {
    rule: "a thought signature that is not the call's",
    by: "other arguments",
    change: (body) => (at(body, "contents", 1, "parts", 1, "functionCall", "args")["wall"] = 2),
  },
  {
    rule: "a function's name with other characters",
    change: (body) => (declaration(body)["name"] = "1 wall"),
  },
  { rule: "two functions of one name", change: (body) => (declaration(body)["name"] = "list") },
  {
    rule: "functions in several tools",
    change: (body) =>
      listAt(body, "tools").push({ functionDeclarations: [{ name: "sing", description: "Sing." }] }),
  },
  {
    rule: "an object without properties",
    change: (body) => (declaration(body)["parameters"] = { type: "OBJECT", properties: {} }),
  },
  { rule: "both kinds of parameters", change: (body) => (declaration(body)["parametersJsonSchema"] = {}) },
  {
    rule: "a keyword that the schema subset lacks",
    change: (body) => (at(declaration(body), "parameters", "properties", "wall")["exclusiveMinimum"] = 0),
  },
];

export const gemini = { request, controls };
