import {
  MCSError,
  type CallContext,
  type DriverMeta,
  type MCSToolDriver,
  type Tool,
  type ToolArguments,
} from "@mcs/core";
import { createToolDriver } from "@mcs/kit";
import { parseConfig } from "@mcs/kit/config";
import { createScrubber, type Scrubber } from "@mcs/secrets";
import { createApiCaller, type ApiCaller } from "./api-caller.ts";
import { buildApi, type Api } from "./api.ts";
import { OpenApiConfig, openApiCredentials } from "./config.ts";
import type { OpenApiDiagnostic } from "./diagnostics.ts";
import { loadDocument } from "./document/load-document.ts";
import { toSpecSource } from "./document/spec-source.ts";
import { createHttpClients } from "./http-clients.ts";
import { openApiMeta } from "./meta.ts";
import { toOperationInfo, type OperationInfo } from "./operation-info.ts";
import type { OpenApiPorts } from "./ports.ts";
import { createClientTokens } from "./security/client-tokens.ts";
import { sealCredentials } from "./security/credential-book.ts";
import { shareLoad, type SharedLoad } from "./shared-load.ts";

const defaultTimeoutMs = 60_000;
const defaultDocumentBytes = 128_000_000;

interface Loaded {
  readonly api: Api;
  readonly caller: ApiCaller;
}

/**
 * Every operation of an OpenAPI document as a tool, for programs. The document is loaded at the first call and kept; a
 * load that failed is tried again at the next one.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG`
 */
export class OpenApiToolDriver implements MCSToolDriver {
  readonly meta: DriverMeta;
  readonly #inner: MCSToolDriver;
  readonly #load: SharedLoad<Loaded>;
  readonly #scrubber: Scrubber;

  constructor(config: OpenApiConfig, ports: OpenApiPorts = {}) {
    const { credentials = {}, ...checked } = parseConfig(OpenApiConfig, config, {
      credentials: openApiCredentials,
    });
    const source = toSpecSource(checked.spec);
    const book = sealCredentials(credentials);
    const { timeoutMs = defaultTimeoutMs, documentBytes: maxBytes = defaultDocumentBytes } =
      checked.limits ?? {};
    const scrubber = createScrubber(book.secrets);
    const clients = createHttpClients(checked.limits, ports);
    const clientTokens = createClientTokens(ports);
    const load = shareLoad(async (signal): Promise<Loaded> => {
      const options = { specUrl: checked.specUrl, maxBytes, scrubber };
      const document = await loadDocument(source, options, clients, signal);
      const api = buildApi(document, checked, book, ports.credentials, clientTokens);
      return { api, caller: createApiCaller(api, clients, book.secrets, ports) };
    });
    this.#load = load;
    this.#scrubber = scrubber;
    this.#inner = createToolDriver(
      {
        meta: openApiMeta,
        timeoutMs,
        secrets: book.secrets,
        tools: {
          listTools: async ({ signal }) => (await load.get(signal)).api.tools,
          execute: async ({ name }, args, context) => {
            const { caller } = await load.get(context.signal);
            return caller.call(name, args, context);
          },
        },
        async dispose() {
          load.stop();
          await Promise.all([clients, clientTokens].map((kept) => kept[Symbol.asyncDispose]()));
        },
      },
      ports,
    );
    this.meta = this.#inner.meta;
  }

  listTools(context?: CallContext): Promise<readonly Tool[]> {
    return this.#inner.listTools(context);
  }

  executeTool(name: string, args: ToolArguments, context?: CallContext): Promise<unknown> {
    return this.#inner.executeTool(name, args, context);
  }

  /**
   * The operation behind a tool: how the document names it, and what its arguments are in the request.
   *
   * @throws {MCSError} `MCS_UNKNOWN_TOOL`
   */
  async operationOf(name: string, context?: CallContext): Promise<OperationInfo> {
    const plan = (await this.#loaded(context)).plans.get(name);
    if (plan === undefined) throw new MCSError("MCS_UNKNOWN_TOOL", `No tool "${name}".`);
    return this.#scrubber.value(toOperationInfo(plan));
  }

  /** What is wrong with the document, and what was made of it. Empty for a document without faults. */
  async diagnostics(context?: CallContext): Promise<readonly OpenApiDiagnostic[]> {
    return structuredClone(this.#scrubber.value((await this.#loaded(context)).diagnostics));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve(this.#inner[Symbol.asyncDispose]());
  }

  /** Listing first, because it has the deadline, the abort and the errors that may leave. */
  async #loaded(context: CallContext | undefined): Promise<Api> {
    await this.#inner.listTools(context);
    return (await this.#load.get(new AbortController().signal)).api;
  }
}
