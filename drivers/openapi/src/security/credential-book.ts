import { isSecret, type Secret } from "@mcs/secrets";
import type { OpenApiConfig } from "../config.ts";
import { sealCredentialConfig, type SealedCredential } from "./sealed-credential.ts";

/** The credentials that an operator gave, sealed when the driver was made. */
export interface CredentialBook {
  /** Names of the schemes that the configuration has entries for. */
  readonly names: readonly string[];
  fromConfig(name: string): SealedCredential | undefined;
  /** Of `MCS_OPENAPI_<SCHEME>`, read once. */
  fromEnvironment(name: string): SealedCredential | undefined;
  /** Everything that must not come out, as far as it is known by now. */
  readonly secrets: () => readonly Secret[];
  /** Takes a secret that came from elsewhere into {@link secrets}, for a while. */
  remember(secret: Secret): void;
}

/** Secrets of callers come and go; what a call of somebody else could still reflect is among the last of them. */
const mostRemembered = 20;

/** @throws {MCSError} `MCS_INVALID_CONFIG` if a reference (`env:NAME`, `file:PATH`) cannot be resolved. */
export function sealCredentials(config: NonNullable<OpenApiConfig["credentials"]>): CredentialBook {
  const configured = new Map(
    Object.entries(config).map(([name, credential]) => [name, sealCredentialConfig(name, credential)]),
  );
  const found = new Map<string, SealedCredential | undefined>();
  const remembered = new Set<Secret>();

  return {
    names: [...configured.keys()],
    fromConfig: (name) => configured.get(name),
    fromEnvironment(name) {
      if (!found.has(name)) found.set(name, readEnvironment(name));
      return found.get(name);
    },
    secrets: () => [
      ...[...configured.values(), ...found.values()].flatMap((credential) => secretsOf(credential)),
      ...remembered,
    ],
    remember(secret) {
      remembered.delete(secret);
      remembered.add(secret);
      const [oldest] = remembered;
      if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
    },
  };
}

/** `MCS_OPENAPI_BEARERAUTH` for the scheme `bearerAuth`. */
export function environmentName(scheme: string): string {
  return `MCS_OPENAPI_${scheme.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_")}`;
}

function readEnvironment(scheme: string): SealedCredential | undefined {
  const name = environmentName(scheme);
  const process = Reflect.get(globalThis, "process") as
    | { env?: Record<string, string | undefined> }
    | undefined;
  return process?.env?.[name] ? sealCredentialConfig(scheme, `env:${name}`) : undefined;
}

/** A login that a string was split into counts only where it is used: half a token may be an ordinary word. */
function secretsOf(credential: SealedCredential | undefined): Secret[] {
  const { apiKey, token, login, client } = credential ?? {};
  const hidden = apiKey === undefined ? (login?.hidden ?? []) : [];
  return [...new Set([apiKey, token, ...hidden, client?.secret])].filter(isSecret);
}
