import { expect, test } from "vitest";
import { runLoad } from "./load.ts";

const most = 64 * 1024 * 1024;

test.each(["receive", "send"] as const)(
  "A body of 256 MB takes up no memory: %s",
  async (kind) => {
    const { done, rss } = await runLoad(kind, 256 * 1024 * 1024);
    expect(done).toBe(256 * 1024 * 1024);
    expect(rss).toBeLessThan(most);
  },
  60_000,
);

test("A thousand calls at once get their own answers each", async () => {
  expect((await runLoad("atOnce", 1000)).done).toBe(1000);
}, 60_000);

test("Two hundred calls a second leave nothing behind", async () => {
  const { done, heap } = await runLoad("steadily", 20);
  expect(done).toBe(4000);
  expect(heap).toBeLessThan(5_000_000);
}, 120_000);
