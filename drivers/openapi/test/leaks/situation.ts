import type { MCSErrorCode } from "@mcs/core";
import type { LeakScenario, LeakWorld, SecretShape } from "@mcs/testkit/leaks";
import { OpenApiDriver, type OpenApiConfig, type OpenApiPorts } from "../../src/index.ts";
import { documentOf } from "../given.ts";
import { startHostileApi, type Misbehave } from "./hostile-api.ts";

export type Credentials = NonNullable<OpenApiConfig["credentials"]>;
export type Scenario = LeakScenario<OpenApiDriver>;

const securitySchemes = {
  key: { type: "apiKey", in: "header", name: "X-Api-Key" },
  queryKey: { type: "apiKey", in: "query", name: "key" },
  cookieKey: { type: "apiKey", in: "cookie", name: "sid" },
  bearer: { type: "http", scheme: "bearer" },
  basic: { type: "http", scheme: "basic" },
  oauth: { type: "oauth2", flows: {} },
  oidc: { type: "openIdConnect", openIdConnectUrl: "https://id.test" },
};

/** A document with a tool that reads and one that writes, both behind the scheme. */
export function documentBehind(scheme: string): Readonly<Record<string, unknown>> {
  const operation = (operationId: string) => ({
    operationId,
    summary: "Repeat what came",
    security: [{ [scheme]: [] }],
    parameters: [{ name: "note", in: "query", schema: { type: "string" } }],
  });
  return documentOf(
    { "/x": { get: operation("read"), post: operation("write") } },
    { components: { securitySchemes } },
  );
}

/** All that the driver can do beside the contract. */
const also: Scenario["also"] = [
  (driver) => driver.diagnostics(),
  (driver) => driver.operationOf("read"),
  (driver) => driver.operationOf("mcs_no_such_tool"),
];

/** How a situation differs from the usual one: a bearer token, and one call that reads. */
export interface Situation {
  readonly scheme?: string;
  readonly credentials?: (world: LeakWorld) => Credentials;
  readonly config?: (world: LeakWorld, origin: string) => Partial<OpenApiConfig>;
  readonly ports?: (world: LeakWorld, origin: string) => OpenApiPorts;
  readonly tool?: "read" | "write";
  readonly args?: Readonly<Record<string, unknown>>;
  readonly shapes?: readonly SecretShape[];
  readonly reachesOtherHost?: boolean;
}

/** A driver with a credential, and an API that does with it what it should not. */
export function situation(
  name: string,
  ends: "executed" | MCSErrorCode,
  misbehave: Misbehave,
  {
    scheme = "bearer",
    credentials = (world) => ({ [scheme]: world.secret("token") }),
    config = () => ({}),
    ports = () => ({}),
    tool = "read",
    args = {},
    ...rest
  }: Situation = {},
): Scenario {
  return {
    name,
    ends,
    calls: [{ tool, args }],
    also,
    async create(world) {
      const origin = await startHostileApi(world, misbehave);
      return new OpenApiDriver(
        {
          spec: documentBehind(scheme),
          server: origin,
          credentials: credentials(world),
          limits: { timeoutMs: 5_000 },
          ...config(world, origin),
        },
        { ...world.ports, ...ports(world, origin) },
      );
    },
    ...rest,
  };
}
