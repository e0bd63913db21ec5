import type { Tool } from "@mcs/core";
import type { OpenApiDriver } from "@mcs/driver-openapi";
import { toNativeTools } from "@mcs/llm/dialects";
import type { OfferFormat } from "./offer-formats.ts";

/** Something that does not reach a model as the document says it. */
export interface Loss {
  /** The document itself, or the format that the tools are offered in. */
  readonly from: "document" | OfferFormat;
  /** What it concerns: an operation of the document, or a tool; absent: all of them. */
  readonly subject?: string;
  readonly effect: "left-out" | "changed";
  /** JSON Pointer into the document, or into the schema of the tool's arguments. */
  readonly pointer?: string;
  readonly reason: string;
}

/** What is left out or changed on the way from the document to a request, and why. */
export async function listLosses(
  driver: OpenApiDriver,
  tools: readonly Tool[],
  format: OfferFormat,
  signal: AbortSignal,
): Promise<readonly Loss[]> {
  const document = await driver.diagnostics({ signal });
  const { diagnostics } = toNativeTools(tools, format);
  return [
    ...document.map(({ effect, operation, pointer, message }): Loss => ({
      from: "document",
      ...(operation !== undefined && { subject: operation }),
      effect: effect === "left-out" ? effect : "changed",
      ...(pointer !== undefined && { pointer }),
      reason: message,
    })),
    ...diagnostics.map(({ tool, path, leftOut, message }): Loss => ({
      from: format,
      ...(tool !== undefined && { subject: tool }),
      effect: leftOut ? "left-out" : "changed",
      ...(path !== undefined && { pointer: path }),
      reason: message,
    })),
  ];
}
