import { isRecord, records, textOr, type JsonRecord } from "../json.ts";
import type { Rule } from "../rule.ts";
import { toolRules } from "./gemini-tool-rules.ts";
import { turnRules } from "./gemini-turn-rules.ts";
import { contentsOf, partsOf } from "./parts.ts";

/** What a part is: exactly one of these. */
const data = [
  "text",
  "inlineData",
  "fileData",
  "functionCall",
  "functionResponse",
  "executableCode",
  "codeExecutionResult",
  "toolCall",
  "toolResponse",
];
/** What it may have besides. */
const marks = new Set(["thought", "thoughtSignature", "videoMetadata", "mediaResolution", "partMetadata"]);
const mediaTypes = new Set(["image/png", "image/jpeg", "image/webp", "application/pdf", "text/plain"]);
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * What Gemini's `generateContent` refuses.
 *
 * @see Gemini API reference, "Generating content", "Caching" (Content, Part, Tool); "Function calling", "Multimodal
 *   function responses"; "Thought signatures"
 */
export const geminiRules: readonly Rule[] = [
  {
    name: "no contents",
    source: "observed",
    *faults(body) {
      if (contentsOf(body).length === 0) yield "* GenerateContentRequest.contents: contents is not specified";
    },
  },
  {
    name: "a role that is none",
    source: "observed",
    *faults(body) {
      for (const { role = "user" } of contentsOf(body))
        if (role !== "user" && role !== "model" && role !== "function")
          yield "Please use a valid role: user, model.";
    },
  },
  {
    name: "an unknown member",
    source: "observed",
    *faults(body) {
      for (const [index, content] of contentsOf(body).entries())
        for (const key of Object.keys(content))
          if (key !== "role" && key !== "parts") yield unknownName(key, `contents[${index}]`);
      for (const { part, path } of partsOf(body))
        for (const key of Object.keys(part))
          if (!data.includes(key) && !marks.has(key)) yield unknownName(key, path);
    },
  },
  {
    name: "a content without parts",
    source: "observed",
    *faults(body) {
      for (const [index, content] of contentsOf(body).entries())
        if (records(content["parts"]).length === 0)
          yield `* GenerateContentRequest.contents[${index}].parts: contents.parts must not be empty.`;
    },
  },
  {
    name: "a part that is nothing, or two things",
    source: "observed",
    *faults(body) {
      for (const { part, path } of partsOf(body)) {
        const held = data.filter((key) => part[key] !== undefined).length;
        if (held === 0)
          yield `* GenerateContentRequest.${path}.data: required oneof field 'data' must have one initialized field`;
        if (held > 1) yield `Invalid value at '${path}' (oneof), oneof field 'data' is already set.`;
      }
    },
  },
  {
    name: "a call without a name",
    source: "observed",
    *faults(body) {
      for (const { part, path } of partsOf(body))
        for (const key of ["functionCall", "functionResponse"]) {
          const held = part[key];
          if (isRecord(held) && textOr(held["name"]) === "")
            yield `* GenerateContentRequest.${path}.${key}.name: Name cannot be empty.`;
        }
    },
  },
  {
    name: "arguments or a response that are no object",
    source: "observed",
    *faults(body) {
      for (const { part, path } of partsOf(body)) {
        const { functionCall: call, functionResponse: response } = part;
        if (isRecord(call) && call["args"] !== undefined && !isRecord(call["args"]))
          yield `Invalid value at '${path}.function_call.args' (type.googleapis.com/google.protobuf.Struct)`;
        if (isRecord(response) && !isRecord(response["response"]))
          yield `Invalid value at '${path}.function_response.response' (type.googleapis.com/google.protobuf.Struct)`;
      }
    },
  },
  {
    name: "a file of a type that is not taken",
    source: "documented",
    *faults(body) {
      for (const { mimeType } of blobsOf(body))
        if (!mediaTypes.has(textOr(mimeType))) yield `Unsupported MIME type: ${textOr(mimeType)}`;
    },
  },
  {
    name: "data that are not base64",
    source: "observed",
    *faults(body) {
      for (const blob of blobsOf(body))
        if (blob["data"] === "" || !base64.test(textOr(blob["data"])))
          yield "Invalid value at 'contents[0].parts[0].inline_data.data' (TYPE_BYTES), Base64 decoding failed";
    },
  },
  ...turnRules,
  ...toolRules,
];

function unknownName(name: string, path: string): string {
  return `Invalid JSON payload received. Unknown name "${name}" at '${path}': Cannot find field.`;
}

/** The bytes in parts, and in the parts of answers. */
function blobsOf(body: JsonRecord): readonly JsonRecord[] {
  const own = [...partsOf(body)].map(({ part }) => part);
  const inner = own.flatMap(({ functionResponse: response }) =>
    isRecord(response) ? records(response["parts"]) : [],
  );
  return [...own, ...inner].flatMap(({ inlineData }) => (isRecord(inlineData) ? [inlineData] : []));
}
