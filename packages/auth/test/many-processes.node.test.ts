import { expect, test } from "vitest";
import { startLoginServer } from "./login-server.ts";
import { startSharedGrant } from "./shared-grant.ts";

const processes = 6;
const hour = 3_600_000;

test("many processes redeem a rotating refresh token once for each expiry", async () => {
  await using server = await startLoginServer();
  await using shared = await startSharedGrant(server, processes);
  const start = Date.now();
  const seen = new Set<string>();
  for (let round = 1; round <= 4; round += 1) {
    const tokens = await shared.getAll(start + round * hour);
    expect(new Set(tokens).size).toBe(1);
    for (const token of tokens) seen.add(token);
    expect(server.granted.filter((type) => type === "refresh_token")).toHaveLength(round);
  }
  expect(seen.size).toBe(4);
  expect([server.refused, server.revoked()]).toEqual([[], 0]);
});

test("a network that is cut in the middle of renewals loses no grant", async () => {
  await using server = await startLoginServer();
  await using shared = await startSharedGrant(server, processes);
  const start = Date.now();
  for (let round = 1; round <= 3; round += 1) {
    const now = start + round * 2 * hour;
    server.cut("request");
    const failed = await shared.getAll(now);
    expect(new Set(failed)).toEqual(new Set(["MCS_TRANSPORT"]));
    server.cut("none");
    const tokens = await shared.getAll(now + 1_000);
    expect(new Set(tokens).size).toBe(1);
    expect(tokens[0]).toMatch(/^[\da-f]{64}$/);
    expect(server.granted.filter((type) => type === "refresh_token")).toHaveLength(round);
  }
  expect(server.cuts()).toBeGreaterThanOrEqual(3);
  expect(server.revoked()).toBe(0);
});

test("a process that dies between renewals takes nothing with it", async () => {
  await using server = await startLoginServer();
  await using shared = await startSharedGrant(server, processes);
  const start = Date.now();
  const before = await shared.getAll(start + hour);
  await shared.crash(0);
  expect(await shared.getAll(start + hour)).toEqual(before);
  expect(new Set(await shared.getAll(start + 2 * hour)).size).toBe(1);
  expect(server.granted.filter((type) => type === "refresh_token")).toHaveLength(2);
});
