import type { HttpResponse } from "@mcs/adapter-http";
import { MCSError } from "@mcs/core";
import type { Scrubber } from "@mcs/secrets";
import { toApiDocument, type ApiDocument } from "./api-document.ts";
import type { HttpClients } from "../http-clients.ts";
import { ownOrigin } from "../server/server-choice.ts";
import { parseText } from "./parse.ts";
import { readTextFile } from "./read-file.ts";
import type { SpecSource } from "./spec-source.ts";

export interface LoadOptions {
  readonly specUrl?: string | undefined;
  readonly maxBytes: number;
  /** Before names are made of it: what is left of a secret in a name would not be found there. */
  readonly scrubber: Scrubber;
}

/**
 * Gets a document and recognises it.
 *
 * @throws {MCSError} `MCS_INVALID_SPEC` for what is no document; `MCS_TRANSPORT`, `MCS_TIMEOUT`, `MCS_TOO_LARGE` or
 *   `MCS_REMOTE` where it cannot be had.
 */
export async function loadDocument(
  source: SpecSource,
  options: LoadOptions,
  clients: HttpClients,
  signal: AbortSignal,
): Promise<ApiDocument> {
  const { specUrl: baseUrl, maxBytes, scrubber } = options;
  const given = { baseUrl, fetched: false };
  if (source.kind === "url") return fetchDocument(source.url, options, clients, signal);
  if (source.kind === "object") return toApiDocument(scrubber.value(source.root), given);
  if (source.kind === "text") {
    if (source.text.length > maxBytes) throw tooLarge(maxBytes);
    return toApiDocument(scrubber.value(parseText(source.text, "The text given as spec")), given);
  }
  const text = await readTextFile(source.path, maxBytes, signal);
  const root = parseText(text, `The file ${String(source.path).slice(0, 200)}`);
  return toApiDocument(scrubber.value(root), given);
}

async function fetchDocument(
  url: string,
  { maxBytes, scrubber }: LoadOptions,
  clients: HttpClients,
  signal: AbortSignal,
): Promise<ApiDocument> {
  const client = clients.clientFor([ownOrigin(url)]);
  const headers = { Accept: "application/json, application/yaml, */*;q=0.8" };
  const response = await client.request({ method: "GET", url, headers, maxBytes }, { signal });
  const name = `The document at ${withoutQuery(response.url)}`;
  checkStatus(response, name);
  const text = new TextDecoder().decode(response.body);
  if (text.trim() === "") throw new MCSError("MCS_INVALID_SPEC", `${name} is empty.`);
  return toApiDocument(scrubber.value(parseText(text, name)), { baseUrl: response.url, fetched: true });
}

function checkStatus({ status }: HttpResponse, name: string): void {
  if (status >= 200 && status < 300) return;
  const message = `${name} cannot be had: the server answered with status ${status}.`;
  if (status >= 500 || status === 429) throw new MCSError("MCS_REMOTE", message, { status, effect: "none" });
  throw new MCSError("MCS_INVALID_SPEC", message, {
    status,
    hint: "The operator has to correct the URL in spec.",
  });
}

function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function tooLarge(maxBytes: number): MCSError {
  return new MCSError("MCS_TOO_LARGE", `The text given as spec has more than ${maxBytes} characters.`);
}
