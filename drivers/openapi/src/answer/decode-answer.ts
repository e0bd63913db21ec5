import type { HttpResponse } from "@mcs/adapter-http";
import { MCSError, type StorePort } from "@mcs/core";
import { storeFile } from "@mcs/kit/store";
import type { Scrubber } from "@mcs/secrets";
import { isSafe } from "../operation/annotate.ts";
import { essenceOf, isJson, isXml } from "../operation/media-type-name.ts";
import { labelOf } from "../operation/operation.ts";
import { decodeText } from "./decode-text.ts";

/** Types outside of `text/` that are text all the same. */
const textTypes = new Set([
  "application/javascript",
  "application/jsonl",
  "application/sql",
  "application/x-ndjson",
  "application/x-www-form-urlencoded",
  "application/yaml",
  "application/x-yaml",
]);

/** Where files go, and whose they are. */
export interface OwnedStore {
  readonly store: StorePort;
  readonly principal: string | undefined;
}

/** The call that an answer is to. */
export interface AnsweredCall {
  readonly method: string;
  readonly path: string;
}

/**
 * The body of a good answer: a JSON value, a text, a file in the store for everything else; `null` if there is none.
 *
 * @param scrubber - For the file and its type, which whoever has the store may read.
 * @throws {MCSError} `MCS_REMOTE` if the answer says it is JSON and is not.
 */
export async function decodeAnswer(
  { status, headers, body }: HttpResponse,
  call: AnsweredCall,
  { store, principal }: OwnedStore,
  scrubber: Scrubber,
): Promise<unknown> {
  if (body.byteLength === 0) return null;
  const contentType = headers.get("Content-Type") ?? "";
  const essence = essenceOf(contentType);
  if (isJson(essence)) return parseJson(decodeText(body, contentType), status, call);
  if (essence.startsWith("text/") || isXml(essence) || textTypes.has(essence))
    return decodeText(body, contentType);
  if (essence === "") {
    const text = asUtf8(body);
    if (text !== undefined) return text;
  }
  const mediaType =
    essence !== "" && scrubber.text(essence) === essence ? essence : "application/octet-stream";
  const description = { mediaType, source: labelOf(call) };
  return storeFile(store, scrubber.value(body), description, principal === undefined ? {} : { principal });
}

function parseJson(text: string, status: number, call: AnsweredCall): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as unknown;
  } catch {
    throw new MCSError("MCS_REMOTE", `${labelOf(call)} was answered with JSON that cannot be read.`, {
      status,
      effect: isSafe(call.method) ? "none" : "done",
    });
  }
}

function asUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
