import type { Connector, ConnectorSettings } from "../connector.ts";
import { fetchConnector } from "./fetch-connector.ts";

/** Where there are no sockets: the platform's own `fetch`, which resolves and dials as it likes. */
export function createConnector(_settings: ConnectorSettings): Connector {
  return fetchConnector((request, init) => globalThis.fetch(request, init));
}
