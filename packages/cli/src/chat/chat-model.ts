import { createHttpClient, type HttpClient, type HttpStream } from "@mcs/adapter-http";
import { MCSError } from "@mcs/core";
import type { Model, ModelRequest } from "@mcs/kit/runner";
import { createScrubber, type Scrubber } from "@mcs/secrets";
import { AnswerAssembler, type ModelAnswer } from "./assemble-answer.ts";
import { reasonIn, refusalOf, toModelFailure } from "./endpoint-failure.ts";
import { fieldsOf } from "./json-fields.ts";
import type { ModelEndpoint } from "./model-endpoint.ts";
import { readEvents } from "./read-events.ts";

/** Milliseconds for one answer, thinking included; as in the official clients. */
const timeoutMs = 600_000;
/** A long answer of 2 million characters, in pieces of a few characters with their frames. */
const maxBytes = 100_000_000;
/** Bytes of a refusal that are looked at. */
const refusalBytes = 65_536;

/** A model behind an endpoint that speaks chat completions. */
export class ChatModel {
  readonly name: string;
  readonly #endpoint: ModelEndpoint;
  readonly #http: HttpClient;
  /** For what the endpoint says of a request: it may quote the key. */
  readonly #scrubber: Scrubber;

  constructor(name: string, endpoint: ModelEndpoint) {
    this.name = name;
    this.#endpoint = endpoint;
    this.#http = createHttpClient({ allowedOrigins: [endpoint.origin], timeoutMs, maxBytes });
    this.#scrubber = createScrubber(() => [endpoint.key]);
  }

  /**
   * For the runner: gives the words as they come, and returns the whole answer.
   *
   * @throws {MCSError} `MCS_AUTH_REQUIRED`, `MCS_PERMISSION_DENIED`, `MCS_NOT_FOUND`, `MCS_RATE_LIMITED`, `MCS_REMOTE`,
   *   `MCS_TRANSPORT` (also if the answer broke off), `MCS_TIMEOUT`, `MCS_ABORTED`, `MCS_TOO_LARGE`; none has an effect.
   */
  readonly answer: Model = (request) => this.#answer(request);

  async *#answer(request: ModelRequest): AsyncGenerator<string, ModelAnswer> {
    try {
      const response = await this.#send(request);
      const assembler = new AnswerAssembler();
      for await (const piece of readPieces(response, this.#scrubber)) {
        const words = assembler.add(piece);
        if (words !== "") yield words;
      }
      const answer = assembler.finish();
      if (answer !== undefined) return answer;
      throw new MCSError("MCS_TRANSPORT", "The model's answer broke off before its end.");
    } catch (error) {
      throw toModelFailure(error);
    }
  }

  async #send({ system, messages, tools, signal }: ModelRequest): Promise<HttpStream> {
    const { completionsUrl: url, origin, key: token } = this.#endpoint;
    const instructed = [{ role: "system", content: system }, ...messages];
    const request = { model: this.name, messages: instructed, stream: true, ...(tools && { tools }) };
    const response = await this.#http.stream(
      {
        method: "POST",
        url,
        headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
        body: JSON.stringify(request),
        credentials: [{ kind: "bearer", origin, token }],
      },
      { signal },
    );
    if (response.status === 200) return response;
    const body = this.#scrubber.text(await readText(response, refusalBytes));
    throw refusalOf({ status: response.status, body, retryAfter: response.headers.get("Retry-After") });
  }
}

/** The pieces of an answer as JSON values; one piece where the endpoint does not stream. */
async function* readPieces(response: HttpStream, scrubber: Scrubber): AsyncGenerator<unknown, void> {
  const type = response.headers.get("Content-Type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "application/json") {
    yield parse(await readText(response, maxBytes));
    return;
  }
  if (type !== "text/event-stream") {
    await response[Symbol.asyncDispose]();
    throw new MCSError(
      "MCS_NOT_FOUND",
      `There are no chat completions at that URL: it sent ${type || "no type"}.`,
      {
        hint: "Check --base-url: it mostly ends in /v1.",
      },
    );
  }
  for await (const data of readEvents(response.body)) {
    if (data === "[DONE]") return;
    const piece = parse(data);
    if (fieldsOf(piece)["error"] !== undefined)
      throw new MCSError(
        "MCS_REMOTE",
        `The model's endpoint broke off its answer: ${reasonIn(scrubber.text(data)) || "no reason"}.`,
        {
          hint: "Say it again.",
        },
      );
    yield piece;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MCSError("MCS_REMOTE", "The model's endpoint sent what is no JSON.", {
      hint: "Check that --base-url is that of an OpenAI-compatible endpoint.",
    });
  }
}

async function readText({ body }: HttpStream, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= mostBytes) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}
