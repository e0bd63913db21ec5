// Makes one effect through the ledger, and says on stdout what became of it. Started and killed by crash-scenario.ts.
import { writeSync } from "node:fs";
import process from "node:process";
import { isMCSError, MCSError } from "@mcs/core";
import { createEffectLedger, type EffectLedger, type ProbeAnswer } from "../../src/ledger.ts";
import { folderStore, type WriteStep } from "./folder-store.ts";

/** What a child is told. */
export interface ChildTask {
  readonly url: string;
  readonly folder: string;
  readonly idempotencyKey: string;
  /** How the other side can be asked, or asked again. */
  readonly kind: "probed" | "keyed" | "blind";
  /** For control: without it effects are doubled. */
  readonly withLedger: boolean;
  /** Milliseconds by which its clock is ahead: by more than an attempt may take, for each child before it. */
  readonly aheadMs: number;
  /** The write, from 1, and the step of it at which it kills itself. */
  readonly dies?: { readonly write: number; readonly step: WriteStep } | undefined;
}

/** What a child says at its end. */
export type ChildReport = { readonly result: unknown } | { readonly code: string; readonly effect: string };

const task = JSON.parse(process.argv[2] ?? "") as ChildTask;
const { url, folder, idempotencyKey, kind, withLedger, aheadMs, dies } = task;

let writes = 0;
const store = folderStore(folder, (step) => {
  if (step === "before") writes += 1;
  if (dies?.write === writes && dies.step === step) process.kill(process.pid, "SIGKILL");
});
const ledger: Pick<EffectLedger, "run"> = withLedger
  ? createEffectLedger({ store, clock: { now: () => Date.now() + aheadMs } })
  : { run: ({ tool, details, perform }) => perform({ key: idempotencyKey, tool, at: 0, details }) };

const lost = (cause: unknown): MCSError => new MCSError("MCS_TRANSPORT", "The connection broke.", { cause });

async function report(): Promise<ChildReport> {
  try {
    const result = await ledger.run(
      {
        tool: "bell_ring",
        args: { times: 1 },
        details: null,
        isRepeatable: kind === "keyed",
        async perform({ key }) {
          const response = await fetch(`${url}/effects/${key}`, { method: "POST" }).catch(
            (error: unknown) => {
              throw lost(error);
            },
          );
          return response.text().catch((error: unknown) => {
            throw lost(error);
          });
        },
        ...(kind === "probed" && {
          async probe({ key }): Promise<ProbeAnswer> {
            const { status } = await fetch(`${url}/effects/${key}`);
            return status === 404 ? { outcome: "not-done" } : { outcome: "done", result: "rung" };
          },
        }),
      },
      { idempotencyKey },
    );
    return { result };
  } catch (error) {
    return isMCSError(error)
      ? { code: error.code, effect: error.effect }
      : { code: String(error), effect: "" };
  }
}

// In one piece, because the process may be killed at any moment.
writeSync(1, `${JSON.stringify(await report())}\n`);
