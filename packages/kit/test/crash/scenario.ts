import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { ChildReport, ChildTask } from "./child.ts";
import { startEffectServer, type ServerStep } from "./effect-server.ts";
import type { WriteStep } from "./folder-store.ts";

/** Where a process is killed. */
export type KillPoint =
  | { readonly at: "time"; readonly ms: number }
  | { readonly at: "server"; readonly step: ServerStep }
  | { readonly at: "store"; readonly write: number; readonly step: WriteStep };

/** What one effect went through. */
export interface Story {
  readonly kind: ChildTask["kind"];
  readonly kills: readonly KillPoint[];
  /** Of every child that got to its end, the last one included, with how often the effect had been made by then. */
  readonly reports: readonly (ChildReport & { readonly made: number })[];
  /** How often the effect was made in the end. */
  readonly made: number;
}

const child = fileURLToPath(new URL("child.ts", import.meta.url));
const kinds = ["probed", "keyed", "blind"] as const;
const serverSteps = ["arrived", "done", "answering", "answered"] as const;
const writeSteps = ["before", "written", "after"] as const;
/** A process lives for about so long. */
const lifeMs = 150;
/** More than a call without a deadline may take. */
const attemptMs = 120_000;

/** Numbers from 0 to 1 that one seed always gives. Mulberry32, by T. Ettinger */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Lets processes make effects, kills so many of them at random points, and repeats each call until a process survives it. */
export async function* killAtRandom(
  seed: number,
  kills: number,
  withLedger = true,
): AsyncGenerator<Story, void> {
  const random = randomNumbers(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const pickPoint = (): KillPoint =>
    pick<() => KillPoint>([
      () => ({ at: "time", ms: random() * lifeMs }),
      () => ({ at: "server", step: pick(serverSteps) }),
      () => ({ at: "store", write: pick([1, 2]), step: pick(writeSteps) }),
    ])();

  let onStep: ((step: ServerStep) => void) | undefined;
  let kind: ChildTask["kind"] = "probed";
  await using server = await startEffectServer(
    () => kind === "keyed",
    (step) => onStep?.(step),
  );
  const root = await mkdtemp(join(tmpdir(), "mcs-ledger-"));

  async function run(task: ChildTask, point: KillPoint | undefined): Promise<ChildReport | undefined> {
    const dies = point?.at === "store" ? { dies: point } : {};
    const started = spawn(process.execPath, [child, JSON.stringify({ ...task, ...dies })], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const kill = (): void => void started.kill("SIGKILL");
    onStep = (step) => {
      if (point?.at === "server" && point.step === step) kill();
    };
    const timer = point?.at === "time" ? setTimeout(kill, point.ms) : undefined;
    const [output] = await Promise.all([text(started.stdout), once(started, "close")]);
    clearTimeout(timer);
    await server.quiet();
    return output === "" ? undefined : (JSON.parse(output) as ChildReport);
  }

  try {
    for (let effect = 0, killed = 0; killed < kills; effect += 1) {
      kind = pick(kinds);
      const points: KillPoint[] = [];
      const reports: (ChildReport & { readonly made: number })[] = [];
      const before = sum(server.effects);
      const folder = join(root, String(effect));
      for (let isLast = false; !isLast;) {
        const point = points.length === 0 || (killed < kills && random() < 0.3) ? pickPoint() : undefined;
        const aheadMs = attemptMs * (points.length + reports.length);
        const task = { url: server.url, folder, idempotencyKey: "k", kind, withLedger, aheadMs };
        const report = await run(task, point);
        if (report === undefined && point !== undefined) points.push(point);
        if (report === undefined) killed += 1;
        else reports.push({ ...report, made: sum(server.effects) - before });
        isLast = report !== undefined && point === undefined;
      }
      yield { kind, kills: points, reports, made: sum(server.effects) - before };
      // The key of an effect depends on nothing but the call, so every effect has a server's memory of its own.
      (server.effects as Map<string, number>).clear();
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function sum(effects: ReadonlyMap<string, number>): number {
  return [...effects.values()].reduce((total, count) => total + count, 0);
}

/** What is wrong with a story: nothing, if the ledger keeps its word. */
export function faultsOf({ kind, reports, made }: Story): string[] {
  const last = reports.at(-1);
  const faults: string[] = [];
  if (made > 1) faults.push(`the effect was made ${made} times`);
  for (const report of reports) {
    if ("result" in report && report.made !== 1) faults.push("said to be done, and was not");
    if ("effect" in report && report.effect === "none" && report.made > 0)
      faults.push("said not to be done, and was");
    if ("result" in report && report.result !== "rung") faults.push("done with another result");
  }
  if (kind !== "blind" && (last === undefined || !("result" in last))) faults.push("not known in the end");
  if (kind === "blind" && last !== undefined && "code" in last && last.code !== "MCS_EFFECT_UNKNOWN")
    faults.push(`failed with ${last.code}`);
  return faults;
}
