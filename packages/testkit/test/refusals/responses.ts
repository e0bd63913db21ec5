import { seal } from "../../src/scripted-model/seal.ts";
import { at, listAt, type Body, type Control } from "./control.ts";

const call = (position: number): Body => ({
  type: "function_call",
  id: `fc_scripted_1_${position}`,
  call_id: `call_${position}`,
  name: "paint",
  arguments: "{}",
  status: "completed",
});
const output = (position: number): Body => ({
  type: "function_call_output",
  call_id: `call_${position}`,
  output: "ok",
});

/** Two calls after reasoning, both answered, one with a picture and a file. */
const request = (): Body => ({
  model: "reasoning",
  store: false,
  tools: [
    {
      type: "function",
      name: "paint",
      parameters: { type: "object", properties: { wall: {} } },
      strict: false,
    },
  ],
  input: [
    { role: "user", content: "Paint." },
    {
      type: "reasoning",
      id: "rs_scripted_1",
      summary: [],
      encrypted_content: seal("reasoning", "rs_scripted_1"),
    },
    {
      type: "message",
      id: "msg_scripted_1",
      role: "assistant",
      status: "completed",
      content: [{ type: "output_text", text: "Well.", annotations: [], logprobs: [] }],
    },
    call(1),
    call(2),
    {
      ...output(1),
      output: [
        { type: "input_text", text: "ok" },
        { type: "input_image", image_url: "data:image/png;base64,iVBORw==" },
        { type: "input_file", filename: "a.pdf", file_data: "data:application/pdf;base64,JVBERg==" },
      ],
    },
    output(2),
  ],
});

const input = (body: Body): unknown[] => listAt(body, "input");
const tool = (body: Body): Body => at(body, "tools", 0);

const controls: readonly Control[] = [
  { rule: "no input", change: (body) => (body["input"] = []) },
  { rule: "an item of an unknown type", change: (body) => input(body).push({ type: "tool_result" }) },
  {
    rule: "an unknown member of an item",
    change: (body) => (at(body, "input", 3)["parsed_arguments"] = null),
  },
  { rule: "a role that is none", change: (body) => input(body).push({ role: "tool", content: "ok" }) },
  {
    rule: "a part that is not for its role",
    by: "the assistant's",
    change: (body) => (at(body, "input", 2, "content", 0)["type"] = "input_text"),
  },
  {
    rule: "a part that is not for its role",
    by: "a result's",
    change: (body) => (at(body, "input", 5, "output", 0)["type"] = "text"),
  },
  {
    rule: "an unknown member of a part",
    change: (body) => (at(body, "input", 2, "content", 0)["parsed"] = null),
  },
  { rule: "an id of another kind", change: (body) => (at(body, "input", 3)["id"] = "call_1") },
  {
    rule: "a call or an output without its members",
    by: "a call",
    change: (body) => delete at(body, "input", 3)["arguments"],
  },
  {
    rule: "a call or an output without its members",
    by: "an output",
    change: (body) => delete at(body, "input", 6)["output"],
  },
  {
    rule: "a call or an output without its members",
    by: "an output that is an object",
    change: (body) => (at(body, "input", 6)["output"] = {}),
  },
  {
    rule: "an image of a type that is not taken",
    change: (body) => (at(body, "input", 5, "output", 1)["image_url"] = "data:image/tiff;base64,AA=="),
  },
  {
    rule: "a file without a name",
    by: "none",
    change: (body) => delete at(body, "input", 5, "output", 2)["filename"],
  },
  {
    rule: "a file without a name",
    by: "bare data",
    change: (body) => (at(body, "input", 5, "output", 2)["file_data"] = "JVBERg=="),
  },
  {
    rule: "a conversation that is said to be kept",
    change: (body) => (body["previous_response_id"] = "resp_1"),
  },
  {
    rule: "a reference to an item that is not kept",
    change: (body) => input(body).unshift({ type: "item_reference", id: "rs_2" }),
  },
  { rule: "two items of one id", change: (body) => (at(body, "input", 4)["id"] = "fc_scripted_1_1") },
  {
    rule: "an id of a call that is too long",
    change: (body) => (at(body, "input", 3)["call_id"] = "a".repeat(65)),
  },
  { rule: "a call without an output", change: (body) => input(body).pop() },
  {
    rule: "an output without a call before it",
    by: "none",
    change: (body) => input(body).push(output(3)),
  },
  {
    rule: "an output without a call before it",
    by: "the call after it",
    change: (body) => input(body).unshift(...input(body).splice(6, 1)),
  },
  { rule: "two outputs of one call", change: (body) => input(body).push(output(2)) },
  {
    rule: "reasoning that nothing keeps",
    change: (body) => delete at(body, "input", 1)["encrypted_content"],
  },
  {
    rule: "encrypted reasoning that was changed",
    change: (body) => (at(body, "input", 1)["encrypted_content"] = "AA=="),
  },
  { rule: "an item without the reasoning before it", by: "none", change: (body) => input(body).splice(1, 1) },
  {
    rule: "an item without the reasoning before it",
    by: "another order",
    change: (body) => input(body).splice(4, 0, ...input(body).splice(1, 1)),
  },
  { rule: "reasoning without the item after it", change: (body) => input(body).splice(2, 5) },
  { rule: "a function's name with other characters", change: (body) => (tool(body)["name"] = "paint.wall") },
  { rule: "a function without parameters", change: (body) => delete tool(body)["parameters"] },
  {
    rule: "a schema that is not taken",
    by: "no object",
    change: (body) => (tool(body)["parameters"] = { type: "string" }),
  },
  {
    rule: "a schema that is not taken",
    by: "strict by default",
    change: (body) => delete tool(body)["strict"],
  },
];

export const responses = { request, controls };
