import type { CredentialProvider } from "@mcs/core";
import { createToolDriver, defineTool } from "@mcs/kit";
import { openSecret } from "@mcs/secrets/open";
import { isSecret } from "@mcs/secrets";
import * as z from "zod";

export const api = "https://tickets.example";

/** A driver with one tool, which shows how long the token is that it got. */
export function ticketDriver(provider: CredentialProvider) {
  const list = defineTool({
    name: "tickets_list",
    description: "List the tickets.",
    annotations: { readOnly: true },
    parameters: z.strictObject({ limit: z.number().int().positive().optional() }),
    async execute(_, { principal, signal }) {
      const { secret } = await provider.get({
        audience: api,
        scopes: ["tickets:read"],
        signal,
        ...(principal !== undefined && { principal }),
      });
      return { length: isSecret(secret) ? openSecret(secret).length : 0 };
    },
  });
  return createToolDriver({
    meta: {
      id: "0c4f9a77-0a0e-4c56-9b3d-0c1b3f3a4e55",
      name: "Tickets",
      version: "1.0.0",
      bindings: [{ capability: "tickets", adapter: "*", specFormat: "Custom" }],
    },
    tools: [list],
  });
}
