import { describeDecorator } from "@mcs/testkit";
import { consentDecorator } from "../src/index.ts";
import { account, answering, payment } from "./fixture.ts";

describeDecorator("a driver behind consent that is given", {
  wrap: (inner) => consentDecorator(inner, { ask: answering({ kind: "approve" }) }),
  inner: {
    create: () => account().toolDriver,
    succeeds: { tool: "bank_pay", args: payment, result: { paid: 5 } },
    fails: { tool: "bank_pay", args: { to: "Ada", amount: -1 }, code: "MCS_INVALID_ARGUMENTS" },
  },
});
