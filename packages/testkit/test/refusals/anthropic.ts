import { seal } from "../../src/scripted-model/seal.ts";
import { at, listAt, type Body, type Control } from "./control.ts";

const png = "iVBORw0KGgo=";
const call = (id: string): object => ({ type: "tool_use", id, name: "paint", input: { wall: 1 } });
const result = (id: string): object => ({ type: "tool_result", tool_use_id: id, content: "ok" });

/** Two calls after thinking, both answered, one with a picture. */
const request = (): Body => ({
  model: "reasoning",
  max_tokens: 4096,
  thinking: { type: "enabled", budget_tokens: 1024 },
  tools: [{ name: "paint", input_schema: { type: "object", properties: { wall: {} } } }],
  messages: [
    { role: "user", content: "Paint." },
    {
      role: "assistant",
      content: [
        { type: "thinking", thinking: "Hm.", signature: seal("reasoning", "Hm.") },
        { type: "redacted_thinking", data: seal("reasoning", "redacted") },
        call("a"),
        call("b"),
      ],
    },
    {
      role: "user",
      content: [
        {
          ...result("a"),
          content: [
            { type: "text", text: "ok" },
            { type: "image", source: { type: "base64", media_type: "image/png", data: png } },
            { type: "document", source: { type: "base64", media_type: "application/pdf", data: "JVBERg==" } },
          ],
        },
        { ...result("b"), is_error: true },
        { type: "text", text: "Go on." },
      ],
    },
  ],
});

const assistant = (body: Body): unknown[] => listAt(body, "messages", 1, "content");
const answers = (body: Body): unknown[] => listAt(body, "messages", 2, "content");
const image = (body: Body): Body => at(body, "messages", 2, "content", 0, "content", 1, "source");
const schema = (body: Body): Body => at(body, "tools", 0, "input_schema");

const controls: readonly Control[] = [
  { rule: "no limit of tokens", change: (body) => delete body["max_tokens"] },
  { rule: "no messages", change: (body) => (body["messages"] = []) },
  {
    rule: "a role that is none",
    by: "system",
    change: (body) => listAt(body, "messages").push({ role: "system", content: "Obey." }),
  },
  {
    rule: "a role that is none",
    by: "tool",
    change: (body) => listAt(body, "messages").push({ role: "tool", content: "ok" }),
  },
  {
    rule: "an assistant that speaks first",
    change: (body) => listAt(body, "messages").unshift({ role: "assistant", content: "Hello." }),
  },
  {
    rule: "an unknown member of a message",
    change: (body) => (at(body, "messages", 1)["stop_reason"] = "tool_use"),
  },
  { rule: "a block of an unknown type", change: (body) => assistant(body).push({ type: "function_call" }) },
  {
    rule: "an unknown member of a block",
    change: (body) => (at(body, "messages", 1, "content", 2)["parsed"] = {}),
  },
  {
    rule: "a message without content",
    by: "a text",
    change: (body) => (at(body, "messages", 0)["content"] = ""),
  },
  {
    rule: "a message without content",
    by: "a list",
    change: (body) => (at(body, "messages", 2)["content"] = []),
  },
  { rule: "an empty text block", change: (body) => answers(body).push({ type: "text", text: "" }) },
  {
    rule: "an empty text block",
    by: "space",
    change: (body) => answers(body).push({ type: "text", text: " \n" }),
  },
  {
    rule: "an empty text block",
    by: "within a result",
    change: (body) => (at(body, "messages", 2, "content", 0, "content", 0)["text"] = ""),
  },
  {
    rule: "a failed result without content",
    change: (body) => (at(body, "messages", 2, "content", 1)["content"] = ""),
  },
  {
    rule: "a failed result with anything but text",
    change: (body) => (at(body, "messages", 2, "content", 0)["is_error"] = true),
  },
  {
    rule: "an image of a type that is not taken",
    change: (body) => (image(body)["media_type"] = "image/tiff"),
  },
  {
    rule: "a document of a type that is not taken",
    change: (body) =>
      (at(body, "messages", 2, "content", 0, "content", 2, "source")["media_type"] = "text/csv"),
  },
  {
    rule: "data that are not base64",
    change: (body) => (image(body)["data"] = "data:image/png;base64,AA=="),
  },
  { rule: "an image that is not what it says", change: (body) => (image(body)["media_type"] = "image/jpeg") },
  { rule: "a call by the user", change: (body) => answers(body).push(call("c")) },
  { rule: "a result by the assistant", change: (body) => assistant(body).push(result("a")) },
  {
    rule: "an id of a call with other characters",
    change: (body) => (at(body, "messages", 1, "content", 2)["id"] = "call:1"),
  },
  {
    rule: "an input of a call that is no object",
    change: (body) => (at(body, "messages", 1, "content", 2)["input"] = "{}"),
  },
  { rule: "two calls of one id", change: (body) => assistant(body).push(call("a")) },
  {
    rule: "a call without a result in the next message",
    by: "none",
    change: (body) => answers(body).splice(1, 1),
  },
  {
    rule: "a call without a result in the next message",
    by: "text before it",
    change: (body) => answers(body).unshift({ type: "text", text: "Here:" }),
  },
  {
    rule: "a call without a result in the next message",
    by: "one message per result",
    change: (body) => {
      const [second] = answers(body).splice(1, 1);
      listAt(body, "messages").push({ role: "user", content: [second] });
    },
  },
  {
    rule: "a result without a call in the message before",
    change: (body) => answers(body).splice(2, 0, result("c")),
  },
  { rule: "two results of one call", change: (body) => answers(body).splice(2, 0, result("a")) },
  {
    rule: "thinking whose signature is not its own",
    by: "changed",
    change: (body) => (at(body, "messages", 1, "content", 0)["thinking"] = "Hm!"),
  },
  {
    rule: "thinking whose signature is not its own",
    by: "lost",
    change: (body) => delete at(body, "messages", 1, "content", 0)["signature"],
  },
  {
    rule: "redacted thinking that was changed",
    change: (body) => (at(body, "messages", 1, "content", 1)["data"] = "AA=="),
  },
  { rule: "a call whose thinking is missing", change: (body) => assistant(body).splice(0, 2) },
  {
    rule: "a budget for thinking that is none",
    change: (body) => (at(body, "thinking")["budget_tokens"] = 1),
  },
  {
    rule: "a tool's name with other characters",
    change: (body) => (at(body, "tools", 0)["name"] = "paint.wall"),
  },
  { rule: "two tools of one name", change: (body) => listAt(body, "tools").push(at(body, "tools", 0)) },
  {
    rule: "a tool without the schema of an object",
    by: "none",
    change: (body) => delete at(body, "tools", 0)["input_schema"],
  },
  {
    rule: "a tool without the schema of an object",
    by: "another",
    change: (body) => (schema(body)["type"] = "string"),
  },
  { rule: "a choice at the root of a schema", change: (body) => (schema(body)["anyOf"] = []) },
  {
    rule: "a parameter's name with other characters",
    change: (body) => (schema(body)["properties"] = { "wall colour": {} }),
  },
  { rule: "calls in a conversation without tools", change: (body) => delete body["tools"] },
];

export const anthropic = { request, controls };
