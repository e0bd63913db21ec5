export type { Effect, EffectIntent, ProbeAnswer } from "./ledger/effect.ts";
export {
  createEffectLedger,
  type EffectLedger,
  type EffectLedgerOptions,
  type UnsettledEffect,
} from "./ledger/effect-ledger.ts";
