import { secretsOf, type HttpCredential } from "@mcs/adapter-http";
import { MCSError, type StorePort, type ToolArguments } from "@mcs/core";
import type { RunContext } from "@mcs/kit";
import { createEffectLedger } from "@mcs/kit/ledger";
import { memoryStore } from "@mcs/kit/store";
import { createScrubber, type Scrubber, type Secret } from "@mcs/secrets";
import { decodeAnswer } from "./answer/decode-answer.ts";
import { remoteFailure } from "./answer/remote-failure.ts";
import type { Api } from "./api.ts";
import type { HttpClients } from "./http-clients.ts";
import { isSafe } from "./operation/annotate.ts";
import { acceptedTypes } from "./operation/accepted-types.ts";
import type { OpenApiPorts } from "./ports.ts";
import { writeRequest } from "./request/write-request.ts";

/** Calls the operations of one document. */
export interface ApiCaller {
  /**
   * @param args - They fit the tool's schema.
   * @returns The decoded body: a JSON value, a text, a `FileRef`; `null` if there is none.
   */
  call(toolName: string, args: ToolArguments, context: RunContext): Promise<unknown>;
}

/** @param secrets - Everything that must not come out, as far as it is known by now. */
export function createApiCaller(
  api: Api,
  clients: HttpClients,
  secrets: () => readonly Secret[],
  ports: OpenApiPorts,
): ApiCaller {
  const { document, plans, servers, authorizer } = api;
  const client = clients.clientFor(servers.allowedOrigins);
  const clock = ports.clock ?? Date;
  const store: StorePort = ports.store ?? memoryStore({ clock });
  const ledger = createEffectLedger({ store, clock, logger: ports.logger });
  const shared = createScrubber(secrets);

  /** Many calls at once may have pushed this call's credentials out of what is known. */
  function scrubberFor(credentials: readonly HttpCredential[]): Scrubber {
    const known = secrets();
    const own = credentials.flatMap(secretsOf).filter((secret) => !known.includes(secret));
    return own.length === 0 ? shared : createScrubber(() => [...known, ...own]);
  }

  return {
    async call(toolName, args, context) {
      const plan = plans.get(toolName);
      if (plan === undefined) throw new MCSError("MCS_UNKNOWN_TOOL", `No tool "${toolName}".`);
      const { entry, tool, idempotencyHeader } = plan;
      const server = servers.serverFor(entry);
      const request = await writeRequest(plan, server, acceptedTypes(entry, document), args);
      let credentials = await authorizer.authorize(plan.security, server.origin, context);

      const send = async (headers: Readonly<Record<string, string>>): Promise<unknown> => {
        const keyed = { ...request, headers: { ...request.headers, ...headers } };
        let response = await client.request({ ...keyed, credentials }, context);
        if (response.status === 401 && (await authorizer.refuse(credentials)) && isSafe(entry.method)) {
          credentials = await authorizer.authorize(plan.security, server.origin, context);
          response = await client.request({ ...keyed, credentials }, context);
        }
        const scrubber = scrubberFor(credentials);
        if (response.status < 200 || response.status > 299)
          throw remoteFailure(response, entry, clock, scrubber);
        const owned = { store, principal: context.principal };
        return scrubber.value(await decodeAnswer(response, entry, owned, scrubber));
      };
      if (isSafe(entry.method)) return send({});
      return ledger.run(
        {
          tool: toolName,
          args,
          details: null,
          isRepeatable: idempotencyHeader !== undefined || tool.annotations?.idempotent === true,
          perform: ({ key }) => send(idempotencyHeader === undefined ? {} : { [idempotencyHeader]: key }),
        },
        context,
      );
    },
  };
}
