// `pnpm soak:grants [FROM] [TO]`: many-processes.node.test.ts with 50 processes, in 5 parts of 10 expiries. What happens in a
// part follows from its number, so that a run can be continued with the part at which it was stopped.
import process from "node:process";
import { startLoginServer } from "./login-server.ts";
import { startSharedGrant } from "./shared-grant.ts";

const parts = 5;
const processes = 50;
const expiries = 10;
const step = 7_200_000;
const [from = 1, to = parts] = process.argv.slice(2).map(Number);

for (let part = from; part <= to; part += 1) {
  await using server = await startLoginServer();
  await using shared = await startSharedGrant(server, processes);
  const random = randomOf(part);
  const start = Date.now();
  for (let round = 1; round <= expiries; round += 1) {
    if (random() < 0.5) await shared.crash(Math.floor(random() * processes));
    const cuts = random() < 0.5;
    if (cuts) {
      server.cut("request");
      const failed = new Set(await shared.getAll(start + round * step));
      require(failed.size === 1 && failed.has("MCS_TRANSPORT"), part, `${[...failed].join()} while cut`);
      server.cut("none");
    }
    const tokens = new Set(await shared.getAll(start + round * step + 1_000));
    const redeemed = server.granted.filter((type) => type === "refresh_token").length;
    require(tokens.size === 1 && redeemed === round, part, `${tokens.size} tokens, ${redeemed} redeemed`);
  }
  require(server.revoked() === 0 && server.refused.length === 0, part, "the server saw a token twice");
  process.stdout.write(
    `part ${part} of ${parts}: ${expiries} expiries, ${processes} processes, ${server.cuts()} cuts\n`,
  );
}

function require(holds: boolean, part: number, otherwise: string): void {
  if (!holds) throw new Error(`part ${part}: ${otherwise}`);
}

/** Mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
