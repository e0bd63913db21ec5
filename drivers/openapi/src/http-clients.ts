import {
  createHttpClient,
  type AllowedOrigin,
  type HttpClient,
  type HttpClientPorts,
} from "@mcs/adapter-http";
import type { OpenApiConfig } from "./config.ts";

/** The clients of one driver. They end together. */
export interface HttpClients extends AsyncDisposable {
  /**
   * The same client for the same origins: it remembers which names were public, so that a host that gave its document from
   * a public address cannot turn out to be a private one when the API is called.
   */
  clientFor(allowedOrigins: readonly AllowedOrigin[]): HttpClient;
}

export function createHttpClients(limits: OpenApiConfig["limits"], ports: HttpClientPorts): HttpClients {
  const { timeoutMs, responseBytes } = limits ?? {};
  const clients = new Map<string, HttpClient>();
  return {
    clientFor(allowedOrigins) {
      const key = JSON.stringify(allowedOrigins);
      const client =
        clients.get(key) ??
        createHttpClient(
          {
            allowedOrigins,
            ...(timeoutMs !== undefined && { timeoutMs }),
            ...(responseBytes !== undefined && { maxBytes: responseBytes }),
          },
          ports,
        );
      clients.set(key, client);
      return client;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...clients.values()].map((client) => client[Symbol.asyncDispose]()));
    },
  };
}
