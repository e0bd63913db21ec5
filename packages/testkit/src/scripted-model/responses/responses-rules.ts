import { isRecord, textOr } from "../json.ts";
import type { Rule } from "../rule.ts";
import { itemsOf, partsOf } from "./items.ts";
import { toolRules } from "./responses-tool-rules.ts";
import { turnRules } from "./responses-turn-rules.ts";

/** Members of the items that a request may hold; the API refuses others. */
const members: Readonly<Record<string, readonly string[]>> = {
  message: ["id", "role", "content", "status", "phase"],
  function_call: ["id", "call_id", "name", "arguments", "status", "namespace", "caller"],
  function_call_output: ["id", "call_id", "output", "status", "caller"],
  custom_tool_call: ["id", "call_id", "name", "input", "status", "namespace", "caller"],
  custom_tool_call_output: ["id", "call_id", "output", "status", "caller"],
  reasoning: ["id", "summary", "content", "encrypted_content", "status"],
  item_reference: ["id"],
};
const partMembers: Readonly<Record<string, readonly string[]>> = {
  input_text: ["text"],
  input_image: ["image_url", "file_id", "detail"],
  input_file: ["file_data", "file_url", "file_id", "filename", "detail"],
  output_text: ["text", "annotations", "logprobs"],
  refusal: ["refusal"],
};
/** The first letters of an item's own id. */
const prefixes: Readonly<Record<string, string>> = { function_call: "fc", message: "msg", reasoning: "rs" };
const dataUrl = /^data:([\w.+-]+\/[\w.+-]+);base64,[A-Za-z0-9+/]+={0,2}$/;
const imageTypes = new Set(["image/png", "image/jpeg", "image/webp", "image/gif"]);

/**
 * What OpenAI's Responses API refuses.
 *
 * @see OpenAI API reference, "Create a model response"; guides, "Function calling", "Reasoning models, keeping reasoning
 *   items in context"
 */
export const responsesRules: readonly Rule[] = [
  {
    name: "no input",
    source: "documented",
    *faults(body) {
      if (itemsOf(body).length === 0) yield "Missing required parameter: 'input'.";
    },
  },
  {
    name: "an item of an unknown type",
    source: "observed",
    *faults(body) {
      for (const { type, path } of itemsOf(body))
        if (!Object.hasOwn(members, type))
          yield `Invalid value: '${type}'. Supported values are: ${Object.keys(members).join(", ")}. (${path})`;
    },
  },
  {
    name: "an unknown member of an item",
    source: "observed",
    *faults(body) {
      for (const { item, type, path } of itemsOf(body))
        for (const key of Object.keys(item))
          if (key !== "type" && !members[type]?.includes(key)) yield `Unknown parameter: '${path}.${key}'.`;
    },
  },
  {
    name: "a role that is none",
    source: "observed",
    *faults(body) {
      for (const { item, type } of itemsOf(body))
        if (
          type === "message" &&
          !["assistant", "system", "developer", "user"].includes(textOr(item["role"]))
        )
          yield `Invalid value: '${textOr(item["role"])}'. Supported values are: 'assistant', 'system', 'developer', and 'user'.`;
    },
  },
  {
    name: "a part that is not for its role",
    source: "observed",
    *faults(body) {
      for (const found of itemsOf(body)) {
        const isOurs = found.type === "message" && found.item["role"] === "assistant";
        const allowed = isOurs ? ["output_text", "refusal"] : ["input_text", "input_image", "input_file"];
        for (const { type } of partsOf(found))
          if (!allowed.includes(textOr(type)))
            yield `Invalid value: '${textOr(type)}'. Supported values are: ${allowed.join(", ")}.`;
      }
    },
  },
  {
    name: "an unknown member of a part",
    source: "observed",
    *faults(body) {
      for (const found of itemsOf(body))
        for (const [index, part] of partsOf(found).entries())
          for (const key of Object.keys(part))
            if (key !== "type" && !partMembers[textOr(part["type"])]?.includes(key))
              yield `Unknown parameter: '${found.path}.content[${index}].${key}'.`;
    },
  },
  {
    name: "an id of another kind",
    source: "observed",
    *faults(body) {
      for (const { item, type, path } of itemsOf(body)) {
        const prefix = prefixes[type];
        const { id } = item;
        if (prefix !== undefined && id !== undefined && !textOr(id).startsWith(prefix))
          yield `Invalid '${path}.id': '${textOr(id)}'. Expected an ID that begins with '${prefix}'.`;
      }
    },
  },
  {
    name: "a call or an output without its members",
    source: "observed",
    *faults(body) {
      for (const { item, type, path } of itemsOf(body)) {
        const needed =
          type === "function_call"
            ? ["call_id", "name", "arguments"]
            : type === "function_call_output"
              ? ["call_id"]
              : [];
        for (const key of needed)
          if (typeof item[key] !== "string") yield `Missing required parameter: '${path}.${key}'.`;
        if (type !== "function_call_output") continue;
        const { output } = item;
        if (output === undefined || output === null) yield `Missing required parameter: '${path}.output'.`;
        if (isRecord(output) || typeof output === "number")
          yield `Invalid type for '${path}.output': expected one of a string or array of objects.`;
      }
    },
  },
  {
    name: "an image of a type that is not taken",
    source: "observed",
    *faults(body) {
      for (const part of itemsOf(body).flatMap(partsOf)) {
        const url = part["image_url"];
        if (typeof url !== "string" || !url.startsWith("data:")) continue;
        if (!imageTypes.has(dataUrl.exec(url)?.[1] ?? ""))
          yield "The image data you provided does not represent a valid image. Please check your input and try again with one of the supported image formats: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'].";
      }
    },
  },
  {
    name: "a file without a name",
    source: "observed",
    *faults(body) {
      for (const { type, file_data: data, filename } of itemsOf(body).flatMap(partsOf)) {
        if (type !== "input_file" || data === undefined) continue;
        if (textOr(filename) === "") yield "Missing required parameter: 'input[0].content[0].filename'.";
        if (!dataUrl.test(textOr(data)))
          yield "Invalid 'input[0].content[0].file_data'. Expected a base64-encoded data URL with a MIME type.";
      }
    },
  },
  ...turnRules,
  ...toolRules,
];
