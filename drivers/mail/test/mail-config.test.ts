import { describe, expect, test } from "vitest";
import { MailDriver, type MailConfig } from "../src/index.ts";

function failureOf(config: unknown): unknown {
  try {
    return new MailDriver(config as MailConfig);
  } catch (error) {
    return error;
  }
}

const server = { host: "mail.example.com", user: "ada" };

describe("A configuration", () => {
  test.each<[unknown, string[]]>([
    [{ imap: { ...server, credential: 7 } }, ["imap.credential"]],
    [{ imap: { ...server, credential: { password: "hunter2" } } }, ["imap.credential"]],
    [{ imap: { ...server, credential: "env:MCS_TEST_ABSENT" } }, ["imap.credential"]],
    [
      { imap: { ...server, credential: { accessToken: "file:/no/such/file" } } },
      ["imap.credential.accessToken"],
    ],
    [{ smtp: server }, ["from"]],
    [
      {
        imap: { ...server, port: "993", credential: "env:MCS_TEST_ABSENT" },
        smtp: { user: "ada", credential: "file:/no/such/file" },
        limits: { recipients: 0 },
      },
      ["imap.port", "smtp.host", "limits.recipients", "from", "imap.credential", "smtp.credential"],
    ],
  ])("%j is refused at construction, with all that is wrong", (config, faults) => {
    const error = failureOf(config);
    expect(error).toMatchObject({
      code: "MCS_INVALID_CONFIG",
      message: expect.not.stringContaining("hunter2"),
      issues: faults.map((argument) => ({ argument })),
    });
  });
});
