import type { buildConnector, Dispatcher } from "undici";
import type { ConnectorSettings, TlsIdentity } from "../connector.ts";
import { identityOptions } from "./identity-options.ts";

/** Hosts that no proxy can reach for this machine. */
const ownHosts = "localhost,127.0.0.1,[::1]";

/**
 * undici is loaded with the first request: it takes a tenth of a second, and many drivers never send one.
 *
 * @param identity - What every origin that is reached over a proxy with this dispatcher sees.
 */
export async function openDispatcher(
  settings: ConnectorSettings,
  identity: TlsIdentity | undefined,
  connect: buildConnector.connector,
): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import("undici");
  const { firstByteMs, idleMs, headerBytes, connectMs, proxy } = settings;
  const options = {
    connect,
    connectTimeout: connectMs,
    headersTimeout: firstByteMs,
    bodyTimeout: idleMs,
    maxHeaderSize: headerBytes,
    allowH2: false,
  };
  if (proxy === undefined) return new Agent(options);
  return new EnvHttpProxyAgent({
    ...options,
    httpProxy: proxy.http ?? "",
    httpsProxy: proxy.https ?? "",
    noProxy: [proxy.noProxy ?? "", ownHosts].join(","),
    proxyTls: { timeout: connectMs, allowH2: false, rejectUnauthorized: true },
    requestTls: { timeout: connectMs, allowH2: false, ...identityOptions(identity) },
  });
}
