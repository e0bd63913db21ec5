// A whole program: it sends a load to a server in a process of its own, and tells what became of its memory.
import process from "node:process";
import { setTimeout as wait } from "node:timers/promises";
import { createHttpClient } from "@mcs/adapter-http";

const [origin = "", kind = "", given = "0"] = process.argv.slice(2);
const amount = Number(given);
const limits = { maxBytes: Number.MAX_SAFE_INTEGER, timeoutMs: 3_600_000, retries: 0 };
const traffic = { concurrent: 2000, perSecond: 100_000, burst: 100_000 };
const client = createHttpClient({ allowedOrigins: [origin], ...limits, traffic });

const piece = new Uint8Array(65_536).fill(120);
async function* pieces(): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < amount; sent += piece.length) yield piece;
}

async function receive(size = amount): Promise<number> {
  const answer = await client.stream({ method: "GET", url: `${origin}/bytes/${size}` });
  let bytes = 0;
  for await (const chunk of answer.body) bytes += chunk.length;
  return bytes;
}

async function send(): Promise<number> {
  const { body } = await client.request({ method: "POST", url: `${origin}/count`, body: pieces() });
  return Number(Buffer.from(body).toString());
}

/** @returns Whether the answer was to this call. */
async function isAnswered(id: number): Promise<boolean> {
  const { body } = await client.request({ method: "GET", url: `${origin}/echo/${id}` });
  return Buffer.from(body).toString() === `/echo/${id}`;
}

const countTrue = (answers: readonly boolean[]): number => answers.filter(Boolean).length;

async function atOnce(): Promise<number> {
  return countTrue(await Promise.all(Array.from({ length: amount }, (_, id) => isAnswered(id))));
}

/** 200 a second, for so many seconds. */
async function steadily(): Promise<number> {
  const calls: Promise<boolean>[] = [];
  let answered = 0;
  for (let tick = 0; tick < amount * 20; tick += 1) {
    calls.push(...Array.from({ length: 10 }, (_, id) => isAnswered(tick * 10 + id)));
    await wait(50);
    if (calls.length >= 200) answered += countTrue(await Promise.all(calls.splice(0)));
  }
  return answered + countTrue(await Promise.all(calls));
}

const collect = (): void => globalThis.gc?.();

/** Until all code is compiled, all pools are filled, and the collector has the room that it takes for any body. */
async function warmUp(): Promise<void> {
  await receive(300_000_000);
  for (let round = 0; round < 20; round += 1)
    await Promise.all(Array.from({ length: 50 }, (_, id) => isAnswered(id)));
}

await warmUp();
collect();
const before = process.memoryUsage();
let peak = before.rss;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 10);
const kinds: Readonly<Record<string, () => Promise<number>>> = { receive, send, atOnce, steadily };
const done = await kinds[kind]?.();
clearInterval(watch);
collect();
const heap = process.memoryUsage().heapUsed - before.heapUsed;
process.stdout.write(JSON.stringify({ done, rss: peak - before.rss, heap }));
