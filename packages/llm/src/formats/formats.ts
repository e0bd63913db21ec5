import { MCSError, type LlmAnswer } from "@mcs/core";
import { answerShapeOf, type LlmFormat } from "../llm-format.ts";
import { anthropicFormat } from "./anthropic.ts";
import { openaiFormat } from "./openai.ts";
import type { ProviderFormat } from "./provider-format.ts";
import { textFormat } from "./text.ts";

/** The native formats of the main entry, in the order in which they are asked whether an answer is theirs. */
export const coreFormats: readonly ProviderFormat[] = [anthropicFormat, openaiFormat];

/**
 * The format of that name, `text` in any case.
 *
 * @throws {MCSError} `MCS_UNSUPPORTED` if it is not in the table: a mistake of the program, not of a model.
 */
export function formatNamed(name: string, formats: readonly ProviderFormat[]): ProviderFormat {
  const known = [...formats, textFormat];
  const found = known.find((format) => format.name === answerShapeOf(name));
  if (found !== undefined) return found;
  const names = known.map((format) => format.name).join(", ");
  throw new MCSError("MCS_UNSUPPORTED", `LLM format "${name}" is not in use; in use are ${names}.`, {
    hint: "Pass the allFormats of @mcs/llm/formats as formats.",
  });
}

/**
 * The format whose shape an answer has; text claims what is left. The shape decides, not what was asked for: a model
 * without native tools answers through the same API, and calls can only be answered in the shape that they came in.
 */
export function formatOf(
  answer: LlmAnswer,
  requested: LlmFormat | undefined,
  formats: readonly ProviderFormat[],
): ProviderFormat {
  return formats.find((format) => format.claims(answer, requested)) ?? textFormat;
}
