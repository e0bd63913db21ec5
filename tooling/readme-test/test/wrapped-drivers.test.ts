import { consentDecorator } from "@mcs/consent";
import type { MCSToolDriver } from "@mcs/core";
import { CsvDriver } from "@mcs/driver-csv";
import { HelloDriver } from "@mcs/driver-hello";
import { MailDriver } from "@mcs/driver-mail";
import { OpenApiDriver } from "@mcs/driver-openapi";
import { BaseDecorator } from "@mcs/kit";
import { Orchestrator } from "@mcs/orchestrator";
import { leakSuite, twoWorlds, type LeakScenario, type LeakWorld } from "@mcs/testkit/leaks";

class Transparent extends BaseDecorator {}

/** Drivers whose other side repeats the credential, or that could show what is beside what they may see. */
const drivers: readonly {
  readonly label: string;
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly make: (world: LeakWorld) => MCSToolDriver;
}[] = [
  {
    label: "openapi",
    tool: "repeat",
    args: {},
    make: (world) =>
      new OpenApiDriver(
        {
          spec: {
            openapi: "3.1.1",
            info: { title: "Repeats", version: "1" },
            servers: [{ url: "https://api.test" }],
            paths: {
              "/": { post: { operationId: "repeat", summary: "Repeat", security: [{ bearer: [] }] } },
            },
            components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
          },
          credentials: { bearer: world.secret("bearer") },
        },
        { ...world.ports, fetch: async ({ url, headers }) => Response.json({ url, headers: [...headers] }) },
      ),
  },
  {
    label: "mail",
    tool: "mail_list",
    args: {},
    make(world) {
      const password = world.secret("password");
      const fail = async (): Promise<never> => {
        throw new Error(`It knows ${password}.`);
      };
      return new MailDriver(
        { imap: { host: "mail.test", user: "ada", credential: password } },
        {
          ...world.ports,
          mailbox: {
            find: async () => ({
              messages: [
                {
                  key: { folder: "INBOX", uidValidity: "7", uid: 1 },
                  from: [{ name: password, address: "bob@example.test" }],
                  to: [],
                  subject: `Your password is ${password}`,
                  received: new Date(0),
                  unread: true,
                  size: 9,
                },
              ],
              more: false,
              inFolder: 1,
            }),
            fetch: fail,
            hasSent: fail,
          },
        },
      );
    },
  },
  {
    label: "csv",
    tool: "csv_list_files",
    args: {},
    make: (world) =>
      new CsvDriver({ root: new URL("../blocks/none", import.meta.url).pathname }, world.ports),
  },
  { label: "hello", tool: "hello_greet", args: { name: "Ada" }, make: () => new HelloDriver() },
];

interface Wrapper {
  readonly name: string;
  readonly wrap: (driver: MCSToolDriver, world: LeakWorld) => MCSToolDriver;
  /** Before the tool's name. */
  readonly prefix?: string;
  readonly isPutOff?: boolean;
}

const wrappers: readonly Wrapper[] = [
  { name: "a decorator", wrap: (driver) => new Transparent(driver) },
  {
    name: "consent",
    wrap: (driver, { ports }) =>
      consentDecorator(driver, { ask: () => ({ kind: "approve" }), when: () => true }, ports),
  },
  {
    name: "consent that is put off",
    wrap: (driver, { ports }) =>
      consentDecorator(driver, { ask: () => ({ kind: "later" }), when: () => true }, ports),
    isPutOff: true,
  },
  {
    name: "an orchestrator",
    wrap: (driver, { ports }) => new Orchestrator({ drivers: { one: driver } }, ports),
  },
  {
    name: "an orchestrator of two",
    wrap: (driver, { ports }) =>
      new Orchestrator({ drivers: { one: driver, two: new HelloDriver() } }, ports),
    prefix: "one__",
  },
  {
    name: "everything around everything",
    wrap(driver, { ports }) {
      const inner = new Orchestrator(
        { drivers: { one: new Transparent(driver), two: new HelloDriver() } },
        ports,
      );
      const outer = new Orchestrator({ drivers: { inner, three: new HelloDriver() } }, ports);
      outer.onConsent(() => ({ kind: "approve" }));
      return consentDecorator(outer, { ask: () => ({ kind: "approve" }), when: () => true }, ports);
    },
    prefix: "inner__one__",
  },
];

const scenarios = drivers.flatMap(({ label, tool, args, make }) =>
  wrappers.map(({ name, wrap, prefix = "", isPutOff = false }): LeakScenario => ({
    name: `${label} in ${name}`,
    ends: isPutOff ? "MCS_CONSENT_PENDING" : label === "csv" ? "MCS_NOT_FOUND" : "executed",
    async create(world) {
      const driver = make(world);
      world.defer(() => driver[Symbol.asyncDispose]());
      return wrap(driver, world);
    },
    calls: [{ tool: `${prefix}${tool}`, args }],
    shapes: ["plain", "jwt", "symbols", "short"],
  })),
);

leakSuite("every driver in every wrapper", { scenarios, channels: 900 });
twoWorlds("every driver in every wrapper", { scenarios });
