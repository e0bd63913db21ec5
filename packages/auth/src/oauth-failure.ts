import { isMCSError, MCSError, type MCSErrorCode } from "@mcs/core";
import * as oauth from "oauth4webapi";

/** The server said no, in its own word: RFC 6749, 5.2; RFC 8628, 3.5. */
export class OAuthRefusal extends MCSError {
  readonly error: string;

  constructor(code: MCSErrorCode, error: string, message: string, status: number) {
    super(code, message, { effect: "none", fault: "permission", status, hint: hints[error] ?? generalHint });
    this.error = error;
  }
}

const generalHint = "The operator has to look at what the authorization server says about it.";

const hints: Readonly<Record<string, string>> = {
  invalid_grant: "Sign in again.",
  invalid_client: "The operator has to correct the client's id, secret or key.",
  unauthorized_client: "The operator has to allow the client that grant at the authorization server.",
  invalid_scope: "Ask for other scopes, or the operator has to allow them to the client.",
  access_denied: "Whoever was asked said no; ask before trying again.",
};

/**
 * The one error that may leave. Nothing that the server wrote is in it but a known word: bodies, which the library keeps in
 * its errors, may have tokens. What failed before a driver's call was sent has had no effect on it.
 */
export function toOAuthFailure(error: unknown, server: string): MCSError {
  if (error instanceof OAuthRefusal) return error;
  if (isMCSError(error)) {
    if (error.effect === "none" && error.cause === undefined) return error;
    const { code, message, fault, hint, retryAfterMs, status } = error;
    return new MCSError(code, message, {
      fault,
      hint,
      effect: "none",
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...(status !== undefined && { status }),
    });
  }
  if (error instanceof oauth.ResponseBodyError) return toRefusal(error.error, error.status, server);
  if (error instanceof oauth.AuthorizationResponseError) return toRefusal(error.error, 0, server);
  if (error instanceof oauth.WWWAuthenticateChallengeError)
    return toRefusal("invalid_client", error.status, server);
  const reason = error instanceof oauth.OperationProcessingError ? reasons[error.code ?? ""] : undefined;
  return new MCSError(
    "MCS_REMOTE",
    `The authorization server ${server} gave no answer that can be used${reason === undefined ? "" : `: ${reason}`}.`,
    { effect: "none" },
  );
}

/** Fails that pass by themselves: nothing may be concluded from them. */
function toRefusal(error: string, status: number, server: string): MCSError {
  const word = /^[a-z_]{1,40}$/.test(error) ? error : "an error of its own";
  if (status >= 500 || status === 429 || /^(?:server_error|temporarily_unavailable)$/.test(word)) {
    return new MCSError("MCS_REMOTE", `The authorization server ${server} is not available: ${word}.`, {
      effect: "none",
      ...(status > 0 && { status }),
    });
  }
  const code = word === "invalid_scope" ? "MCS_PERMISSION_DENIED" : "MCS_AUTH_REQUIRED";
  return new OAuthRefusal(code, word, `The authorization server ${server} refused: ${word}.`, status);
}

const reasons: Readonly<Record<string, string>> = {
  [oauth.MISSING_SERVER_METADATA]: "its metadata lack an endpoint that is needed",
  [oauth.INVALID_SERVER_METADATA]: "its metadata are not valid",
  [oauth.HTTP_REQUEST_FORBIDDEN]: "it names an endpoint without TLS",
  [oauth.JSON_ATTRIBUTE_COMPARISON]: "its metadata are those of another issuer",
  [oauth.RESPONSE_IS_NOT_JSON]: "it is not JSON",
  [oauth.RESPONSE_IS_NOT_CONFORM]: "its status is not one that the protocol has",
  [oauth.INVALID_RESPONSE]: "it is not one that the protocol has",
  [oauth.JWT_CLAIM_COMPARISON]: "its ID token is not for this client",
  [oauth.JWT_TIMESTAMP_CHECK]: "its ID token is over, or not valid yet",
};
