import { MCSError } from "@mcs/core";
import type { OpenApiConfig } from "@mcs/driver-openapi";
import type { Command } from "commander";
import { addCredential, type CredentialReferences } from "./credentials.ts";

/** The options of every command that reads a document. */
export interface SpecOptions {
  readonly credential?: CredentialReferences;
  readonly login?: boolean;
  readonly server?: string;
  readonly allowOrigin?: readonly string[];
  readonly timeout?: number;
  readonly verbose?: boolean;
}

export function addSpecOptions(command: Command): Command {
  const takesOne = command
    .argument("<spec>", "OpenAPI or Swagger document: a URL or a file")
    .option("-s, --server <url>", "use this server instead of the document's");
  return addDriverOptions(takesOne);
}

/** Those of them that mean the same for any number of documents. */
export function addDriverOptions(command: Command): Command {
  return command
    .option(
      "-c, --credential <scheme=reference>",
      "credential for a security scheme of the document, as env:NAME or file:PATH; for basic, it holds user:password (repeatable)",
      addCredential,
    )
    .option("--login", "use what `mcs login` signed in to, for schemes without a --credential")
    .option("--allow-origin <origin>", "allow requests to this origin, too (repeatable)", addOrigin)
    .option("-t, --timeout <milliseconds>", "give up after that long (default: 60000)", toMilliseconds)
    .option("-v, --verbose", "print the driver's log on stderr; it is free of secrets");
}

/** The driver's configuration, credentials still being references. */
export function toConfig(
  spec: string,
  { credential, server, allowOrigin, timeout }: SpecOptions,
): OpenApiConfig {
  return {
    spec,
    ...(credential && { credentials: credential }),
    ...(server !== undefined && { server }),
    ...(allowOrigin && { allowedOrigins: allowOrigin }),
    ...(timeout !== undefined && { limits: { timeoutMs: timeout } }),
  };
}

function addOrigin(origin: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), origin];
}

function toMilliseconds(text: string): number {
  const milliseconds = Number(text);
  if (!Number.isSafeInteger(milliseconds) || milliseconds < 1)
    throw new MCSError("MCS_INVALID_CONFIG", `--timeout takes whole milliseconds, not "${text}".`);
  return milliseconds;
}
