import { canonical } from "../canonical.ts";
import { isRecord, records, textOr, type JsonRecord } from "../json.ts";
import type { Rule } from "../rule.ts";
import { seal } from "../seal.ts";
import { contentsOf, functionsOf, partsOf } from "./parts.ts";

/** How calls, answers and signatures follow each other. */
export const turnRules: readonly Rule[] = [
  {
    name: "a call by the user",
    source: "stand-in",
    *faults(body) {
      for (const { part, role = "user" } of partsOf(body))
        if (part["functionCall"] !== undefined && role !== "model")
          yield "Please ensure that function calls are in a turn of the model.";
    },
  },
  {
    name: "an answer by the model",
    source: "stand-in",
    *faults(body) {
      for (const { part, role } of partsOf(body))
        if (part["functionResponse"] !== undefined && role === "model")
          yield "Please ensure that function responses are in a turn of the user.";
    },
  },
  {
    name: "two turns of one role",
    source: "observed",
    *faults(body) {
      const contents = contentsOf(body);
      for (const [index, content] of contents.entries())
        if (index > 0 && speakerOf(content) === speakerOf(contents[index - 1]))
          yield "Please ensure that multiturn requests alternate between user and model.";
    },
  },
  {
    name: "a conversation that ends with the model",
    source: "observed",
    *faults(body) {
      if (speakerOf(contentsOf(body).at(-1)) === "model")
        yield "Please ensure that multiturn requests end with a user role or a function response.";
    },
  },
  {
    name: "a call that follows no turn of the user",
    source: "observed",
    *faults(body) {
      const [first] = contentsOf(body);
      if (functionsOf(first, "functionCall").length > 0)
        yield "Please ensure that function call turn comes immediately after a user turn or after a function response turn.";
    },
  },
  {
    name: "an answer that follows no call",
    source: "observed",
    *faults(body) {
      const contents = contentsOf(body);
      for (const [index, content] of contents.entries())
        if (
          functionsOf(content, "functionResponse").length > 0 &&
          functionsOf(contents[index - 1], "functionCall").length === 0
        )
          yield "Please ensure that function response turn comes immediately after a function call turn.";
    },
  },
  {
    name: "other answers than calls in number",
    source: "observed",
    *faults(body) {
      for (const { calls, responses } of callTurns(body))
        if (calls.length !== responses.length)
          yield "Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.";
    },
  },
  {
    name: "an answer of another name",
    source: "observed",
    *faults(body) {
      for (const { calls, responses } of callTurns(body))
        if (sorted(calls, "name") !== sorted(responses, "name"))
          yield "Please ensure that the name of each function response is that of its function call.";
    },
  },
  {
    name: "an answer of another id",
    source: "documented",
    *faults(body) {
      for (const { calls, responses } of callTurns(body))
        if (sorted(calls, "id") !== sorted(responses, "id"))
          yield "Please ensure that the id of each function response is that of its function call.";
    },
  },
  {
    name: "a call without its thought signature",
    source: "observed",
    *faults(body, { reasons }) {
      if (!reasons) return;
      for (const { call, signature } of signedCalls(body))
        if (signature === undefined)
          yield `Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly, and missing thought_signature may lead to degraded model performance. Additional data, function call \`default_api:${textOr(call["name"])}\``;
    },
  },
  {
    name: "a thought signature that is not the call's",
    source: "observed",
    *faults(body, { reasons, model }) {
      if (!reasons) return;
      for (const { call, signature } of signedCalls(body))
        if (signature !== signatureOf(model, call)) yield "Thought signature is not valid";
    },
  },
];

/** What a reasoning model signs a call with. */
export function signatureOf(model: string, { name, args, id }: JsonRecord): string {
  return seal(model, canonical({ name, args: args ?? {}, id }));
}

function speakerOf(content: JsonRecord | undefined): "user" | "model" {
  return content?.["role"] === "model" ? "model" : "user";
}

function sorted(functions: readonly JsonRecord[], key: string): string {
  const values = functions.map((one) => textOr(one[key]));
  return values.toSorted().join("\n");
}

/** Each turn of the model that calls, with what answers it. */
function callTurns(
  body: JsonRecord,
): { readonly calls: readonly JsonRecord[]; readonly responses: readonly JsonRecord[] }[] {
  const contents = contentsOf(body);
  return contents
    .map((content, index) => ({
      calls: functionsOf(content, "functionCall"),
      responses: functionsOf(contents[index + 1], "functionResponse"),
    }))
    .filter(({ calls }) => calls.length > 0);
}

/** The first call of each step since the user spoke last: the one that has to bear a signature. */
function signedCalls(body: JsonRecord): { readonly call: JsonRecord; readonly signature: unknown }[] {
  const contents = contentsOf(body);
  const asked = contents.findLastIndex(
    (content) => speakerOf(content) === "user" && functionsOf(content, "functionResponse").length === 0,
  );
  return contents.slice(asked + 1).flatMap((content) => {
    const part = records(content["parts"]).find(({ functionCall }) => isRecord(functionCall));
    const call = part?.["functionCall"];
    return isRecord(call) ? [{ call, signature: part?.["thoughtSignature"] }] : [];
  });
}
