import {
  isMCSError,
  type AuthChallenge,
  type CallContext,
  type MCSToolDriver,
  type ToolArguments,
} from "@mcs/core";
import { BaseDecorator } from "@mcs/kit";
import type { SignInProvider } from "./sign-in.ts";

/** What happens when somebody has to sign in. */
export interface AuthDecoratorOptions {
  /** Shows the challenge elsewhere, too: opens a browser, sends a message. What it throws is of no account. */
  readonly onChallenge?: (challenge: AuthChallenge, context: CallContext) => void | Promise<void>;
  /** Where is heard that it is done: the provider. */
  readonly signIn?: Pick<SignInProvider, "signedIn">;
  /** Milliseconds that a call waits for its sign-in, and then goes on by itself. Needs `signIn`. Default 0. */
  readonly waitMs?: number;
}

/** In place of the result of a call for which somebody has to sign in first. Nothing has run. */
export interface SignInRequired extends AuthChallenge {
  readonly status: "sign_in_required";
  readonly next: string;
}

const next =
  "Nothing was done yet. Show the user the url, and the code if there is one. When the user says that the sign-in is done, make the same call again.";

/**
 * Wraps a ToolDriver so that a sign-in that a person has to do becomes a result, a {@link SignInRequired}, which a model can
 * pass on; the same call again goes on where it stopped. With `waitMs` the call itself waits for the sign-in.
 */
export function authDecorator(toolDriver: MCSToolDriver, options: AuthDecoratorOptions = {}): BaseDecorator {
  return new AuthDecorator(toolDriver, options);
}

class AuthDecorator extends BaseDecorator {
  readonly #options: AuthDecoratorOptions;

  constructor(inner: MCSToolDriver, options: AuthDecoratorOptions) {
    super(inner);
    this.#options = options;
  }

  override async executeTool(name: string, args: ToolArguments, context: CallContext = {}): Promise<unknown> {
    const began = Date.now();
    try {
      return await super.executeTool(name, args, context);
    } catch (error) {
      const challenge = challengeOf(error);
      if (challenge === undefined) throw error;
      const isDone = await this.#present(challenge, context);
      if (!isDone) return toResult(challenge);
      const { deadline } = context;
      const rest = deadline === undefined ? {} : { deadline: Math.max(1, deadline - (Date.now() - began)) };
      return await super.executeTool(name, args, { ...context, ...rest });
    }
  }

  /** @returns Whether somebody has signed in meanwhile. */
  async #present(challenge: AuthChallenge, context: CallContext): Promise<boolean> {
    const { onChallenge, signIn, waitMs = 0 } = this.#options;
    try {
      await onChallenge?.(challenge, context);
    } catch {
      // The model is told all the same.
    }
    if (signIn === undefined || waitMs === 0) return false;
    const { principal, signal, deadline = Infinity } = context;
    const over = AbortSignal.timeout(Math.min(waitMs, deadline));
    try {
      await signIn.signedIn({
        signal: signal === undefined ? over : AbortSignal.any([signal, over]),
        ...(principal !== undefined && { principal }),
      });
      return true;
    } catch (error) {
      if (signal?.aborted === true) throw error;
      return false;
    }
  }
}

function challengeOf(error: unknown): AuthChallenge | undefined {
  return isMCSError(error) && error.code === "MCS_AUTH_REQUIRED" ? error.challenge : undefined;
}

function toResult(challenge: AuthChallenge): SignInRequired {
  return { status: "sign_in_required", ...challenge, next };
}
