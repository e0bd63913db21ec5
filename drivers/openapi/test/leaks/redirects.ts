import type { MCSErrorCode } from "@mcs/core";
import type { LeakWorld } from "@mcs/testkit/leaks";
import type { Misbehave } from "./hostile-api.ts";
import { situation, type Scenario, type Situation } from "./situation.ts";

const redirect =
  (to: (secret: string, world: LeakWorld) => string, status = 302): Misbehave =>
  ({ secret, target }, response, world) => {
    const location = target.includes("followed") ? "" : to(secret, world);
    if (location === "")
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ target }));
    else response.writeHead(status, { Location: location }).end(secret);
  };
const encoded = encodeURIComponent;

const all: readonly (readonly [string, "executed" | MCSErrorCode, Misbehave, Situation?])[] = [
  ["to another host", "MCS_EGRESS_REFUSED", redirect((_, { otherHost }) => `${otherHost}/x`)],
  [
    "to another host, with the credential in its path",
    "MCS_EGRESS_REFUSED",
    redirect((secret, { otherHost }) => `${otherHost}/${encoded(secret)}`),
  ],
  [
    "to another host, with the credential in its query",
    "MCS_EGRESS_REFUSED",
    redirect((secret, { otherHost }) => `${otherHost}/?k=${encoded(secret)}`, 307),
  ],
  [
    "to a host called like the credential",
    "MCS_EGRESS_REFUSED",
    redirect((secret) => `http://${secret}.invalid/`),
    { shapes: ["plain", "github", "hex", "digits"] },
  ],
  [
    "to a URL with the credential as its password",
    "MCS_EGRESS_REFUSED",
    redirect((secret, { otherHost }) => otherHost.replace("//", `//u:${encoded(secret)}@`)),
  ],
  ["to what is no URL", "MCS_EGRESS_REFUSED", redirect((secret) => `http://[${encoded(secret)}`)],
  ["to another scheme", "MCS_EGRESS_REFUSED", redirect((secret) => `ftp://a.invalid/${encoded(secret)}`)],
  [
    "to itself, with the credential in the query",
    "executed",
    redirect((secret) => `/followed?token=${encoded(secret)}`),
  ],
  ["to itself, for ever", "MCS_TRANSPORT", redirect((secret) => `/x?token=${encoded(secret)}`)],
  [
    "to another host that is allowed",
    "executed",
    redirect((_, { otherHost }) => `${otherHost}/followed`),
    { config: (world) => ({ allowedOrigins: [world.otherHost] }), reachesOtherHost: true },
  ],
  [
    "to another host that is allowed, with the credential",
    "MCS_EGRESS_REFUSED",
    redirect((secret, { otherHost }) => `${otherHost}/?k=${encoded(secret)}`),
    { config: (world) => ({ allowedOrigins: [world.otherHost] }) },
  ],
  [
    "to another host that is allowed, with a query key",
    "executed",
    redirect((_, { otherHost }) => `${otherHost}/followed`),
    {
      scheme: "queryKey",
      config: (world) => ({ allowedOrigins: [world.otherHost] }),
      reachesOtherHost: true,
    },
  ],
];

/** Answers that send the driver, and what it knows, somewhere else. */
export const redirects: readonly Scenario[] = all.map(([name, ends, misbehave, more]) =>
  situation(`redirected ${name}`, ends, misbehave, more),
);
