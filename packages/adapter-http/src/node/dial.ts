import { lookup } from "node:dns/promises";
import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions } from "node:tls";
import type { buildConnector } from "undici";
import type { ConnectorSettings, HostAddress, TlsIdentity } from "../connector.ts";
import { checkAddresses } from "./check-addresses.ts";
import { identityOptions } from "./identity-options.ts";

/** Opens sockets for undici. */
export interface Dialer {
  readonly connect: buildConnector.connector;
  /** Gives up what is being dialled for an origin. */
  abandon(origin: string): void;
}

/** @returns Whether a connection failed because it was given up. */
export function isAbandoned(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === abandonedCode;
}

const abandonedCode = "UND_ERR_CONNECT_ABANDONED";

/**
 * Makes undici's connector: resolves a name once, holds every address against what the origin may have, and dials those
 * addresses and no others. It runs for each new socket, after all parsing, for literal addresses too.
 *
 * @param wasPublic - Origins found public before; what is found so now is added.
 */
export function createDialer(settings: ConnectorSettings, wasPublic: Set<string>): Dialer {
  const { connectMs, networkOf, resolve = lookupAll } = settings;
  const underWay = new Set<{ readonly origin: string; readonly isDue: Deadline }>();

  async function dial(
    { hostname, protocol, port }: buildConnector.Options,
    origin: string,
    isDue: Deadline,
  ): Promise<Socket> {
    const addresses = await isDue.within(addressesOf(hostname, resolve));
    checkAddresses(origin, addresses, networkOf(origin), wasPublic);
    const isSecure = protocol === "https:";
    const plain = dialChecked(addresses, Number(port) || (isSecure ? 443 : 80));
    await isDue.connected(plain, "connect");
    if (!isSecure) return plain;
    const secure = connectTls({ ...tlsOptions(hostname, settings.tls.get(origin)), socket: plain });
    await isDue.connected(secure, "secureConnect");
    return secure;
  }

  return {
    connect(options, callback) {
      const origin = new URL(`${options.protocol}//${options.host ?? options.hostname}`).origin;
      const dialling = { origin, isDue: startDeadline(connectMs) };
      const hand = async (): Promise<void> => {
        try {
          callback(null, await dial(options, origin, dialling.isDue));
        } catch (error) {
          callback(error as Error, null);
        } finally {
          dialling.isDue.stop();
          underWay.delete(dialling);
        }
      };
      underWay.add(dialling);
      void hand();
    },
    abandon(origin) {
      for (const dialling of underWay) if (dialling.origin === origin) dialling.isDue.abandon();
    },
  };
}

function tlsOptions(hostname: string, identity: TlsIdentity | undefined): ConnectionOptions {
  return {
    // RFC 6066, section 3: a literal address is not a server name.
    ...(isIP(hostname) === 0 && { servername: hostname.replace(/\.$/, "") }),
    host: hostname,
    ALPNProtocols: ["http/1.1"],
    ...identityOptions(identity),
  };
}

/** Tries them in turn until one answers (RFC 8305). The name is gone by now: nothing is resolved again. */
function dialChecked(addresses: readonly HostAddress[], port: number): Socket {
  const [first] = addresses;
  if (addresses.length === 1 && first !== undefined)
    return connect({ host: first.address, port, noDelay: true });
  return connect({
    host: "checked.invalid",
    port,
    noDelay: true,
    autoSelectFamily: true,
    lookup: (_name, _options, callback) => callback(null, [...addresses]),
  });
}

async function addressesOf(
  hostname: string,
  resolve: (hostname: string) => Promise<readonly HostAddress[]>,
): Promise<readonly HostAddress[]> {
  const family = isIP(hostname);
  if (family === 4 || family === 6) return [{ address: hostname, family }];
  const addresses = await resolve(hostname);
  if (addresses.length === 0)
    throw Object.assign(new Error("The name has no address."), { code: "ENOTFOUND" });
  return addresses;
}

async function lookupAll(hostname: string): Promise<readonly HostAddress[]> {
  const found = await lookup(hostname, { all: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

/** How long making one connection may take: name, socket and TLS together. */
interface Deadline {
  within<T>(work: Promise<T>): Promise<T>;
  connected(socket: Socket, event: "connect" | "secureConnect"): Promise<void>;
  abandon(): void;
  stop(): void;
}

function startDeadline(milliseconds: number): Deadline {
  const controller = new AbortController();
  const fail = (message: string, code: string): void =>
    controller.abort(Object.assign(new Error(message), { code }));
  const timer = setTimeout(
    fail,
    milliseconds,
    `No connection within ${milliseconds} ms.`,
    "UND_ERR_CONNECT_TIMEOUT",
  );
  const expired = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason as Error), {
      once: true,
    });
  });
  expired.catch(() => undefined);
  return {
    within: (work) => Promise.race([work, expired]),
    async connected(socket, event) {
      const ready = new Promise<void>((resolve, reject) => {
        socket.once(event, resolve).once("error", reject);
        socket.once("close", () =>
          reject(Object.assign(new Error("The connection was closed."), { code: "ECONNRESET" })),
        );
      });
      try {
        await Promise.race([ready, expired]);
      } catch (error) {
        ready.catch(() => undefined);
        socket.on("error", () => undefined).destroy();
        throw error;
      }
    },
    abandon: () => fail("Nobody waits for the connection any more.", abandonedCode),
    stop: () => clearTimeout(timer),
  };
}
