import { isRecord, records, textOr, type JsonRecord } from "../json.ts";
import type { Rule } from "../rule.ts";

const roles = new Set(["system", "user", "assistant", "tool"]);
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const struct = "json: cannot unmarshal %s into Go struct field ChatRequest.%s";

/**
 * What Ollama's chat API refuses. It is lenient: results that do not fit their calls only make its answers worse, so
 * those rules are the stand-in's.
 *
 * @see Ollama, docs/api.md, "Generate a chat completion"; "Tool calling"
 */
export const ollamaRules: readonly Rule[] = [
  {
    name: "a role that is none",
    source: "observed",
    *faults(body) {
      for (const { role } of messagesOf(body))
        if (!roles.has(textOr(role)))
          yield `invalid role: "${textOr(role)}", must be one of ["system" "user" "assistant" "tool"]`;
    },
  },
  {
    name: "content that is no text",
    source: "observed",
    *faults(body) {
      for (const { content = "" } of messagesOf(body))
        if (typeof content !== "string") yield unmarshal(content, "messages.content of type string");
    },
  },
  {
    name: "arguments that are no object",
    source: "observed",
    *faults(body) {
      for (const call of messagesOf(body).flatMap(callsOf))
        if (!isRecord(call["arguments"]))
          yield unmarshal(
            call["arguments"],
            "messages.tool_calls.function.arguments of type api.ToolCallFunctionArguments",
          );
    },
  },
  {
    name: "an image that is not base64",
    source: "observed",
    *faults(body) {
      for (const { images } of messagesOf(body))
        for (const image of Array.isArray(images) ? images : [])
          if (typeof image !== "string" || image === "" || !base64.test(image))
            yield "illegal base64 data at input byte 0";
    },
  },
  {
    name: "a result without the name of its tool",
    source: "stand-in",
    *faults(body) {
      for (const { role, tool_name: name } of messagesOf(body))
        if (role === "tool" && textOr(name) === "") yield "a message with role tool must have a tool_name";
    },
  },
  {
    name: "other results than calls, or in another order",
    source: "stand-in",
    *faults(body) {
      const messages = messagesOf(body);
      for (const [index, message] of messages.entries()) {
        const called = callsOf(message).map(({ name }) => textOr(name));
        const after = messages.slice(index + 1);
        const end = after.findIndex(({ role }) => role !== "tool");
        const results = message["role"] === "assistant" ? after.slice(0, end === -1 ? undefined : end) : [];
        const answered = results.map(({ tool_name: name }) => textOr(name));
        if (called.join("\n") !== answered.join("\n"))
          yield `the calls ${called.join(", ")} must be answered in their order, but got ${answered.join(", ")}`;
      }
    },
  },
  {
    name: "a result that follows no call",
    source: "stand-in",
    *faults(body) {
      const messages = messagesOf(body);
      for (const [index, { role }] of messages.entries()) {
        const before = messages[index - 1]?.["role"];
        if (role === "tool" && before !== "tool" && before !== "assistant")
          yield "a message with role tool must follow the calls that it answers";
      }
    },
  },
  {
    name: "a tool that is none",
    source: "observed",
    *faults({ tools }) {
      for (const tool of records(tools)) {
        const { function: details } = tool;
        if (tool["type"] !== "function" || !isRecord(details)) yield "invalid tool";
        else if (textOr(details["name"]) === "") yield "tool function name is required";
        else if (details["parameters"] !== undefined && !isRecord(details["parameters"]))
          yield unmarshal(details["parameters"], "tools.function.parameters");
      }
    },
  },
];

export function messagesOf(body: JsonRecord): readonly JsonRecord[] {
  return records(body["messages"]);
}

/** The functions that a message calls. */
export function callsOf(message: JsonRecord): readonly JsonRecord[] {
  return records(message["tool_calls"]).map(({ function: details }) => (isRecord(details) ? details : {}));
}

function unmarshal(value: unknown, place: string): string {
  const kind = Array.isArray(value) ? "array" : typeof value;
  return struct.replace("%s", kind).replace("%s", place);
}
