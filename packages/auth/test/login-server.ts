import { generateKeyPairSync } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from "node:net";
import { Provider, type KoaContextWithOIDC } from "oidc-provider";

/** What becomes of a connection that asks for a token: `request`: cut half way there; `answer`: cut on the way back. */
export type Cut = "none" | "request" | "answer";

/** A real authorization server on loopback, behind a network that can be cut. */
export interface LoginServer extends AsyncDisposable {
  readonly issuer: string;
  /** PKCS #8 of the client `machine-jwt`. */
  readonly privateKey: string;
  /** Grant types of the token requests that were granted, in order. */
  readonly granted: string[];
  /** Errors of those that were refused. */
  readonly refused: string[];
  /** How many grants the server revoked: somebody used a refresh token twice. */
  revoked(): number;
  /** Connections that were cut. */
  cuts(): number;
  cut(mode: Cut): void;
}

const apiScopes: readonly string[] = ["tickets:read", "tickets:write"];

export async function startLoginServer(): Promise<LoginServer> {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const inner = createServer();
  const network = createNetwork(() => (inner.address() as AddressInfo).port);
  await Promise.all([listen(inner), listen(network.server)]);
  const issuer = `http://127.0.0.1:${(network.server.address() as AddressInfo).port}`;
  const secret = "a-secret-of-32-characters-or-more";
  const machine = {
    grant_types: ["client_credentials"],
    redirect_uris: [],
    response_types: [] as never[],
    client_secret: secret,
  };
  const provider = new Provider(issuer, {
    clients: [
      { ...machine, client_id: "machine-post", token_endpoint_auth_method: "client_secret_post" },
      { ...machine, client_id: "machine-basic", token_endpoint_auth_method: "client_secret_basic" },
      {
        ...machine,
        client_id: "machine-jwt",
        client_secret: undefined,
        token_endpoint_auth_method: "private_key_jwt",
        jwks: { keys: [{ ...publicKey.export({ format: "jwk" }), use: "sig", alg: "ES256" }] },
      } as never,
      {
        client_id: "app",
        application_type: "native",
        token_endpoint_auth_method: "none",
        grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
        redirect_uris: ["http://127.0.0.1/callback"],
        response_types: ["code"],
      },
    ],
    features: {
      clientCredentials: { enabled: true },
      deviceFlow: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => "urn:tickets",
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: apiScopes.join(" "), accessTokenTTL: 3_600 }),
      },
    },
    scopes: ["openid", "offline_access"],
    rotateRefreshToken: true,
    issueRefreshToken: () => true,
    ttl: { RefreshToken: 86_400, Grant: 86_400, Session: 86_400, Interaction: 600, DeviceCode: 600 },
    cookies: { keys: ["for tests"] },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
  });
  const granted: string[] = [];
  const refused: string[] = [];
  let revoked = 0;
  provider.on("grant.success", (context: KoaContextWithOIDC) => {
    granted.push(String(context.oidc.params?.["grant_type"]));
  });
  provider.on("grant.error", (_, error: { readonly error?: string }) => refused.push(String(error.error)));
  provider.on("grant.revoked", () => (revoked += 1));
  inner.on("request", provider.callback() as RequestListener);
  return {
    issuer,
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    granted,
    refused,
    revoked: () => revoked,
    cuts: network.cuts,
    cut: network.cut,
    async [Symbol.asyncDispose]() {
      network.end();
      inner.closeAllConnections();
      await Promise.all([inner, network.server].map((server) => new Promise((done) => server.close(done))));
    },
  };
}

function createNetwork(port: () => number): {
  readonly server: ReturnType<typeof createTcpServer>;
  readonly cut: (mode: Cut) => void;
  readonly cuts: () => number;
  readonly end: () => void;
} {
  const sockets = new Set<Socket>();
  let mode: Cut = "none";
  let cuts = 0;
  const server = createTcpServer((near) => {
    const far = connect(port(), "127.0.0.1");
    const sever = (): void => {
      near.destroy();
      far.destroy();
    };
    let isCut = false;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", sever);
      socket.on("close", () => {
        sockets.delete(socket);
        sever();
      });
    }
    near.on("data", (chunk) => {
      const asksForToken = chunk.includes("POST /token");
      if (!asksForToken || mode === "none") return void far.write(chunk);
      cuts += 1;
      isCut = true;
      if (mode === "answer") return void far.write(chunk);
      far.write(chunk.subarray(0, chunk.length / 2));
      return sever();
    });
    far.on("data", (chunk) => (isCut ? sever() : void near.write(chunk)));
  });
  return {
    server,
    cut: (next) => void (mode = next),
    cuts: () => cuts,
    end: () => sockets.forEach((socket) => socket.destroy()),
  };
}

function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<void> {
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", done);
  });
}
