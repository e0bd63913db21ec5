import { MCSError } from "@mcs/core";
import { sha256 } from "@mcs/kit/store";

const labelPattern = /^[A-Za-z][A-Za-z0-9]*(?:[_-][A-Za-z0-9]+)*$/;
const maxLabel = 24;
const maxName = 64;
const digits = 8;

/**
 * @throws {MCSError} `MCS_INVALID_CONFIG` for a label that could make two names look alike: letters, digits and single
 *   `_` or `-` between them, at most 24 characters.
 */
export function requireLabel(label: string): void {
  if (label.length <= maxLabel && labelPattern.test(label)) return;
  throw new MCSError(
    "MCS_INVALID_CONFIG",
    `"${label}" is no label: at most ${maxLabel} letters and digits, with single _ or - between them.`,
  );
}

/**
 * `label__tool`, also where that is too long for a tool's name: then its end gives way to a digest of the whole, so
 * that the same tool always has the same name, through any number of orchestrators.
 */
export async function labelTool(label: string, tool: string): Promise<string> {
  const name = `${label}__${tool}`;
  if (name.length <= maxName) return name;
  const digest = await sha256(new TextEncoder().encode(name));
  return `${name.slice(0, maxName - digits - 1)}_${digest.slice(0, digits)}`;
}
