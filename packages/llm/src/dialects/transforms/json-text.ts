import { MCSError } from "@mcs/core";
import { scanJson } from "../../json/scan-json.ts";
import { fillTemplate } from "../../prompt-strategy.ts";
import { typeOf, type JsonType } from "../codec.ts";
import { formTexts } from "../texts.ts";
import { describe, type CompiledSchema } from "./compiled-schema.ts";

/** What the value is, in the description. */
export interface TextForm {
  readonly description?: unknown;
  readonly notes?: readonly string[];
  /** What it may be; absent: anything. */
  readonly types?: ReadonlySet<JsonType>;
  readonly sketch: string;
}

/** A value of any form, written as JSON text: for providers that only take forms which are described to the end. */
export function asJsonText({ description, notes = [], types, sketch }: TextForm): CompiledSchema {
  const fits = (value: unknown): boolean => {
    const type = typeOf(value);
    return type !== undefined && (types === undefined || types.has(type));
  };
  return {
    schema: {
      type: "string",
      ...describe(description, [...notes, fillTemplate(formTexts.jsonText, { sketch })]),
    },
    nullable: false,
    types: new Set(["string"]),
    same: false,
    encode: (value) => (fits(value) ? JSON.stringify(value) : undefined),
    decode: (wire) => (typeof wire === "string" ? readJsonText(wire) : wire),
  };
}

/** Text that does not even begin as JSON is taken for what it is. */
function readJsonText(text: string): unknown {
  const scan = scanJson(text, 0, { whole: true });
  if (scan.kind === "value") return scan.value;
  if (!/^\s*[[{"]/.test(text)) return text;
  throw new MCSError(
    "MCS_INVALID_ARGUMENTS",
    `The JSON text ${JSON.stringify(text.slice(0, 60))} cannot be read: ${scan.reason}.`,
    {
      hint: "Write valid JSON into the text.",
    },
  );
}
