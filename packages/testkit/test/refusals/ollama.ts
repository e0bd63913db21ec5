import { at, listAt, type Body, type Control } from "./control.ts";

const call = (name: string): object => ({ function: { name, arguments: { wall: 1 } } });
const result = (name: string): object => ({ role: "tool", tool_name: name, content: "ok" });

/** Two calls, both answered, one with a picture. */
const request = (): Body => ({
  model: "reasoning",
  stream: false,
  tools: [{ type: "function", function: { name: "paint", parameters: { type: "object" } } }],
  messages: [
    { role: "user", content: "Paint." },
    { role: "assistant", content: "", tool_calls: [call("paint"), call("list")] },
    { ...result("paint"), images: ["iVBORw=="] },
    result("list"),
  ],
});

const messages = (body: Body): unknown[] => listAt(body, "messages");

const controls: readonly Control[] = [
  { rule: "a role that is none", change: (body) => (at(body, "messages", 0)["role"] = "developer") },
  {
    rule: "content that is no text",
    change: (body) => (at(body, "messages", 0)["content"] = [{ type: "text" }]),
  },
  {
    rule: "arguments that are no object",
    change: (body) => (at(body, "messages", 1, "tool_calls", 0, "function")["arguments"] = "{}"),
  },
  {
    rule: "an image that is not base64",
    change: (body) => (at(body, "messages", 2)["images"] = ["data:image/png;base64,AA=="]),
  },
  {
    rule: "a result without the name of its tool",
    change: (body) => delete at(body, "messages", 2)["tool_name"],
  },
  {
    rule: "other results than calls, or in another order",
    by: "fewer",
    change: (body) => messages(body).pop(),
  },
  {
    rule: "other results than calls, or in another order",
    by: "another order",
    change: (body) => messages(body).push(...messages(body).splice(2, 1)),
  },
  { rule: "a result that follows no call", change: (body) => messages(body).unshift(result("paint")) },
  {
    rule: "a tool that is none",
    by: "no name",
    change: (body) => delete at(body, "tools", 0, "function")["name"],
  },
  {
    rule: "a tool that is none",
    by: "a bare function",
    change: (body) => (body["tools"] = [{ name: "paint" }]),
  },
];

export const ollama = { request, controls };
