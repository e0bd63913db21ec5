import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export interface LoadReport {
  /** Bytes that arrived, or calls that got their own answer. */
  readonly done: number;
  /** Bytes by which resident memory grew at its highest. */
  readonly rss: number;
  /** Bytes by which what is in use on the heap grew. */
  readonly heap: number;
}

const piece = Buffer.alloc(65_536, "x");

/** `/bytes/<n>` sends as many; `/count` counts those of a body; `/echo/…` answers its own path after 50 ms. */
const answer: RequestListener = (request, response) => {
  const { url = "" } = request;
  if (url.startsWith("/echo/")) {
    setTimeout(() => response.end(url), 50);
    return;
  }
  let left = Number(url.slice("/bytes/".length));
  const more = (): void => {
    for (let isRoom = true; isRoom && left > 0; left -= piece.length)
      isRoom = response.write(piece.subarray(0, Math.min(left, piece.length)));
    if (left <= 0) response.end();
  };
  if (url === "/count") {
    let bytes = 0;
    request
      .on("data", (chunk: Buffer) => (bytes += chunk.length))
      .on("end", () => response.end(String(bytes)));
    return;
  }
  response.on("drain", more);
  more();
};

/** Puts a load on a program of its own, which talks to a server here. */
export async function runLoad(
  kind: "receive" | "send" | "atOnce" | "steadily",
  amount: number,
): Promise<LoadReport> {
  const server = createServer(answer);
  await once(server.listen(0, "127.0.0.1", 2000), "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const program = fileURLToPath(new URL("child-load.ts", import.meta.url));
  const args = ["--no-warnings", "--expose-gc", program, origin, kind, String(amount)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  try {
    const [output, errors] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    if (child.exitCode !== 0) throw new Error(`The program ended with ${child.exitCode}: ${errors}`);
    return JSON.parse(output) as LoadReport;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
