import { isMCSError } from "@mcs/core";
import { expect, test } from "vitest";
import * as z from "zod";
import { parseConfig } from "../src/config.ts";

const Config = z.strictObject({
  root: z.string().default("."),
  limits: z.strictObject({ rows: z.int() }).optional(),
});

test("fills in defaults", () => {
  expect(parseConfig(Config, {})).toEqual({ root: "." });
});

test("names every key at fault and quotes no value", () => {
  const given = { root: 1, limits: { rows: "canary" }, colour: "canary" };
  let error: unknown;
  try {
    parseConfig(Config, given);
  } catch (thrown) {
    error = thrown;
  }
  expect(isMCSError(error) && error.code).toBe("MCS_INVALID_CONFIG");
  const text = JSON.stringify(isMCSError(error) && [error.message, error.issues]);
  for (const part of ["root", "limits.rows", "colour"]) expect(text).toContain(part);
  expect(text).not.toContain("canary");
});

test("refuses a schema that has to wait", () => {
  const slow = z.string().refine(async () => true);
  expect(() => parseConfig(slow, "x")).toThrow(expect.objectContaining({ code: "MCS_INVALID_CONFIG" }));
});

test("lists what is wrong with the schema and with references at once, and quotes no value", () => {
  const config = {
    root: 1,
    credential: "env:MCS_TEST_ABSENT",
    credentials: { one: "file:/no/such/file", two: { token: "env:MCS_TEST_NONE" }, three: "canary" },
    note: "env:NOT_A_CREDENTIAL",
  };
  const schema = z.strictObject({
    root: z.string(),
    credential: z.string(),
    credentials: z.record(z.string(), z.unknown()),
    note: z.string(),
  });
  const options = {
    credentials: ["credential", "credential.token", "credentials.*", "credentials.*.token", "absent.*"],
  };
  const failure = (given: unknown): unknown => {
    try {
      return parseConfig(schema, given, options);
    } catch (error) {
      return error;
    }
  };
  expect(failure(config)).toMatchObject({
    code: "MCS_INVALID_CONFIG",
    issues: [
      { argument: "root" },
      { argument: "credential" },
      { argument: "credentials.one" },
      { argument: "credentials.two.token" },
    ],
  });
  expect(JSON.stringify(failure(config))).not.toContain("canary");
  const fine = { root: ".", credential: "plain", credentials: {}, note: "env:NOT_A_CREDENTIAL" };
  expect(failure(fine)).toEqual(fine);
});
