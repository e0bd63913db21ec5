import { Secret } from "@mcs/secrets";
import type { LeakWorld } from "@mcs/testkit/leaks";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import type { Misbehave } from "./hostile-api.ts";
import { situation, type Scenario } from "./situation.ts";

/** Repeats all that it got, in its body and its headers. */
const repeatAll: Misbehave = (known, response) => {
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ ...known, nested: [known], login: known.headers["authorization"] }));
};

/** Sets a variable for as long as the world lasts. */
function setVariable(world: LeakWorld, name: string, value: string): string {
  process.env[name] = value;
  world.defer(() => Reflect.deleteProperty(process.env, name));
  return name;
}

function writeSecret(world: LeakWorld): string {
  // Not in the folder that is searched: there the operator's own file would be found.
  const path = join(tmpdir(), "..", `mcs-leaks-${world.secret("bystander").length}-${process.pid}`);
  writeFileSync(path, world.secret("token"));
  return path;
}

/** Everywhere a credential can come from and go to, at an API that repeats all it gets. */
export const places: readonly Scenario[] = [
  ...["key", "queryKey", "cookieKey", "bearer", "oauth", "oidc"].map((scheme) =>
    situation(`${scheme}, repeated`, "executed", repeatAll, { scheme }),
  ),
  situation("a login, repeated", "executed", repeatAll, {
    scheme: "basic",
    credentials: (world) => ({ basic: { username: "ada", password: world.secret("password") } }),
  }),
  situation("a login as one text, repeated", "executed", repeatAll, {
    scheme: "basic",
    credentials: (world) => ({ basic: `ada:${world.secret("password")}` }),
  }),
  situation("a login whose name is the key, repeated", "executed", repeatAll, {
    scheme: "basic",
    credentials: (world) => ({ basic: { username: world.secret("key"), password: "" } }),
  }),
];

/** Where a credential is looked up. */
export const sources: readonly Scenario[] = [
  situation("a reference to the environment", "executed", repeatAll, {
    credentials: (world) => ({
      bearer: `env:${setVariable(world, "MCS_TEST_LEAKS", world.secret("token"))}`,
    }),
  }),
  situation("a reference to a file", "executed", repeatAll, {
    credentials(world) {
      const path = writeSecret(world);
      world.noise(path);
      return { bearer: `file:${path}` };
    },
  }),
  situation("the default variable", "executed", repeatAll, {
    credentials(world) {
      setVariable(world, "MCS_OPENAPI_BEARER", world.secret("token"));
      return {};
    },
  }),
  situation("a reference that leads nowhere", "MCS_INVALID_CONFIG", repeatAll, {
    credentials: (world) => ({
      bearer: { token: "env:MCS_NO_SUCH_VARIABLE" },
      key: world.secret("token"),
    }),
  }),
  situation("a provider", "executed", repeatAll, {
    scheme: "oauth",
    credentials: () => ({}),
    ports: (world, origin) => ({
      credentials: {
        get: async () => ({ secret: new Secret(world.secret("token"), "oauth"), origins: [origin] }),
      },
    }),
  }),
  situation("a provider whose credential is for another origin", "MCS_EGRESS_REFUSED", repeatAll, {
    scheme: "oauth",
    credentials: () => ({}),
    ports: (world) => ({
      credentials: {
        get: async () => ({ secret: new Secret(world.secret("token"), "oauth"), origins: [world.otherHost] }),
      },
    }),
  }),
  situation("a provider that fails with what it gave before", "executed", repeatAll, {
    scheme: "oauth",
    credentials: () => ({}),
    ports(world, origin) {
      let count = 0;
      const secret = world.secret("token");
      return {
        credentials: {
          async get() {
            count += 1;
            if (count > 1) throw new Error(`The token ${secret} cannot be renewed.`);
            return { secret: new Secret(secret, "oauth"), origins: [origin] };
          },
        },
      };
    },
  }),
  situation("a provider that gives no Secret", "MCS_INVALID_CONFIG", repeatAll, {
    scheme: "oauth",
    credentials: () => ({}),
    ports: (world, origin) => ({
      credentials: { get: async () => ({ secret: world.secret("token") as never, origins: [origin] }) },
    }),
  }),
  situation("a credential bound to another origin", "MCS_EGRESS_REFUSED", repeatAll, {
    credentials: (world) => ({ bearer: { token: world.secret("token"), origin: world.otherHost } }),
    config: (world) => ({ allowedOrigins: [world.otherHost] }),
  }),
  situation("a credential for a scheme that the document does not have", "MCS_INVALID_CONFIG", repeatAll, {
    credentials: (world) => ({ bearer: world.secret("token"), nowhere: world.secret("other") }),
  }),
  situation("a credential of the wrong form for its scheme", "MCS_INVALID_CONFIG", repeatAll, {
    credentials: (world) => ({ bearer: { username: "ada", password: world.secret("password") } }),
  }),
  situation("client credentials, which cannot be used", "MCS_UNSUPPORTED", repeatAll, {
    scheme: "oauth",
    credentials: (world) => ({ oauth: { clientId: "mcs", clientSecret: world.secret("client secret") } }),
  }),
  situation("a credential of no known form", "MCS_INVALID_CONFIG", repeatAll, {
    credentials: (world) => ({ bearer: { token: 5, password: world.secret("password") } as never }),
  }),
];
