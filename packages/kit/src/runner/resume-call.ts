import {
  findTool,
  MCSError,
  resolveCapability,
  SupportsConsent,
  type CallContext,
  type CallResult,
  type ConsentAnswer,
  type PendingCall,
} from "@mcs/core";
import type { Offer } from "../process-with-drivers.ts";
import { failedCall } from "../run-calls.ts";
import { readThrown } from "../thrown.ts";
import { untilGivenUp } from "../until-given-up.ts";

/** Finishes a call on the driver that left it pending. @returns The call once more, if it goes on waiting. */
export async function resumeCall(
  { tools, ownerOf }: Offer,
  pending: PendingCall,
  answer: ConsentAnswer,
  context: CallContext,
): Promise<CallResult | { readonly pending: PendingCall }> {
  const { id = pending.consentId, name } = pending.call;
  try {
    const tool = findTool(tools, name);
    const holder = tool && resolveCapability(ownerOf(tool), SupportsConsent);
    if (holder === undefined) throw new MCSError("MCS_UNSUPPORTED", `No driver resumes calls of "${name}".`);
    const result = await untilGivenUp(() => holder.resume(pending, answer, context), context);
    return { ...result, id };
  } catch (error) {
    const thrown = readThrown(error);
    if ("failure" in thrown) return failedCall({ id, name }, thrown.failure);
    return { pending: { ...thrown.pending, call: { ...thrown.pending.call, id } } };
  }
}
