import {
  SupportsConsent,
  type CallContext,
  type DriverPorts,
  type MCSToolDriver,
  type ToolArguments,
} from "@mcs/core";
import { BaseDecorator, copyArguments, requireArguments, requireTool } from "@mcs/kit";
import { createConsentGate, type ConsentGate, type ConsentOptions } from "@mcs/kit/consent";

/**
 * Wraps a ToolDriver so that a person is asked before its tools run. Names and arguments are checked first, so nobody
 * is asked about a call that cannot run; what was shown is what runs; an answer counts once, and one that comes too late
 * is void.
 *
 * A call that is not granted fails, and nothing is executed:
 *
 * | Code | When |
 * | --- | --- |
 * | `MCS_CONSENT_DENIED` | the answer was no |
 * | `MCS_CONSENT_TIMEOUT` | no answer within `timeoutMs` |
 * | `MCS_ABORTED` | the caller cancelled while it waited |
 * | `MCS_CONSENT_UNAVAILABLE` | there is no handler, or it failed |
 * | `MCS_CONSENT_PENDING` | the answer was `later`; the error carries the call, `resume` finishes it |
 */
export function consentDecorator(
  toolDriver: MCSToolDriver,
  options: ConsentOptions = {},
  ports: Pick<DriverPorts, "clock" | "logger"> = {},
): BaseDecorator {
  return new ConsentDecorator(toolDriver, options, ports);
}

class ConsentDecorator extends BaseDecorator {
  readonly #gate: ConsentGate;

  constructor(inner: MCSToolDriver, options: ConsentOptions, ports: Pick<DriverPorts, "clock" | "logger">) {
    super(inner, { adds: [SupportsConsent] });
    this.#gate = createConsentGate(options, ports);
  }

  override async executeTool(name: string, args: ToolArguments, context: CallContext = {}): Promise<unknown> {
    const given = copyArguments(args);
    // Refused here, not below: what is not listed, or cannot be shown, must not get past the person who is asked.
    const tool = requireTool(await this.listTools(context), name);
    const consented = await this.#gate.pass(tool, requireArguments(tool, given), context);
    return super.executeTool(tool.name, consented.args, consented.context);
  }
}
