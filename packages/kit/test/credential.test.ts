import { openSecret } from "@mcs/secrets/open";
import { expect, test } from "vitest";
import { environmentCredential, sealCredential } from "../src/config.ts";

test("seals a plain value", () => {
  const secret = sealCredential("hunter2hunter2", "petKey");
  expect(String(secret)).toBe("[secret petKey]");
  expect(openSecret(secret)).toBe("hunter2hunter2");
});

test.each(["env:NO_SUCH_VARIABLE", "file:/no/such/file", ""])(
  "refuses %j and names the credential",
  (value) => {
    expect(() => sealCredential(value, "petKey")).toThrow(
      expect.objectContaining({ code: "MCS_INVALID_CONFIG", message: expect.stringContaining("petKey") }),
    );
  },
);

test("finds no default where the environment has none", () => {
  expect(environmentCredential("MCS_TEST_ABSENT")).toBeUndefined();
});
