import { Secret } from "@mcs/secrets";
import { describeDecorator } from "@mcs/testkit";
import { authDecorator, givenCredentials } from "../src/index.ts";
import { api, ticketDriver } from "./tickets.ts";

const credential = new Secret("four", "token");

describeDecorator("a driver behind authDecorator", {
  wrap: (inner) => authDecorator(inner),
  inner: {
    create: () => ticketDriver(givenCredentials([{ origins: [api], credential }])),
    succeeds: { tool: "tickets_list", args: {}, result: { length: 4 } },
    fails: { tool: "tickets_list", args: { limit: -1 }, code: "MCS_INVALID_ARGUMENTS" },
  },
});
