import { MCSError, type Issue } from "@mcs/core";
import type { StandardSchemaV1 } from "@standard-schema/spec";
import { resolveReference } from "./credential.ts";
import { describeIssues } from "./describe-issues.ts";
import { checkNow } from "./standard-schema.ts";

/** What a configuration holds beside plain settings. */
export interface ParseConfigOptions {
  /**
   * Places of credentials, `*` for any key: `imap.credential`, `credentials.*.token`. A reference there (`env:NAME`,
   * `file:PATH`) has to lead somewhere.
   */
  readonly credentials?: readonly string[];
}

/**
 * Checks a driver's configuration with its schema.
 *
 * @returns The configuration with defaults filled in; references stay references.
 * @throws {MCSError} `MCS_INVALID_CONFIG` that names every key at fault and every reference that leads nowhere, never a
 *   value.
 */
export function parseConfig<Output>(
  schema: StandardSchemaV1<unknown, Output>,
  config: unknown,
  { credentials = [] }: ParseConfigOptions = {},
): Output {
  const checked = checkNow(schema, config);
  if (checked === undefined)
    throw new MCSError("MCS_INVALID_CONFIG", "A configuration schema must not be asynchronous.");
  const unresolved = credentials.flatMap((place) => unresolvable(config, place.split("."), ""));
  if (checked.issues === undefined && unresolved.length === 0) return checked.value;
  const issues = [...(checked.issues ?? []), ...unresolved];
  throw new MCSError("MCS_INVALID_CONFIG", `Invalid configuration: ${describeIssues(issues)}.`, { issues });
}

function unresolvable(value: unknown, [key, ...rest]: readonly string[], path: string): readonly Issue[] {
  if (key === undefined) return typeof value === "string" ? faultOf(value, path) : [];
  if (typeof value !== "object" || value === null) return [];
  const keys = key === "*" ? Object.keys(value) : [key].filter((name) => Object.hasOwn(value, name));
  return keys.flatMap((name) =>
    unresolvable(Reflect.get(value, name), rest, path === "" ? name : `${path}.${name}`),
  );
}

/** An empty value is the schema's affair. */
function faultOf(value: string, argument: string): readonly Issue[] {
  const resolved = value === "" ? { plain: value } : resolveReference(value);
  return "fault" in resolved ? [{ argument, message: resolved.fault }] : [];
}
