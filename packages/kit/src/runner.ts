export { createRunner, type Runner, type RunnerOptions } from "./runner/create-runner.ts";
export type { Model, ModelAnswer, ModelRequest } from "./runner/model.ts";
export type { PausedRun, RunDone, RunEvent, RunReason, RunSpending } from "./runner/run-event.ts";
export type { RunLimits } from "./runner/run-limits.ts";
