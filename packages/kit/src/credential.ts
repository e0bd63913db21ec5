import { MCSError } from "@mcs/core";
import { Secret } from "@mcs/secrets";

/** The part of Node that references need; absent in a browser. */
interface NodeProcess {
  readonly env: Readonly<Record<string, string | undefined>>;
  getBuiltinModule?(name: "node:fs"): { readFileSync(path: string, encoding: "utf8"): string };
}

const nodeProcess = (): NodeProcess | undefined =>
  Reflect.get(globalThis, "process") as NodeProcess | undefined;

/** Length of a credential file's text: the longest keys in use are a few kilobytes. */
const maxFileCharacters = 65_536;

/**
 * Seals a credential of a configuration. `env:NAME` and `file:PATH` are references, resolved now; one trailing line
 * break of a file is dropped.
 *
 * @param label - What it is called wherever it would otherwise show: `bearerAuth`.
 * @throws {MCSError} `MCS_INVALID_CONFIG` if the reference cannot be resolved or the value is empty.
 */
export function sealCredential(value: string, label: string): Secret {
  return new Secret(resolveCredential(value, label), label);
}

/**
 * What {@link sealCredential} would seal, for a credential that has to be taken apart first (`user:password`). Seal the
 * parts at once.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG` if the reference cannot be resolved or the value is empty.
 */
export function resolveCredential(value: string, label: string): string {
  const resolved = resolveReference(value);
  if ("plain" in resolved) return resolved.plain;
  throw new MCSError("MCS_INVALID_CONFIG", `Credential "${label}" ${resolved.fault}.`);
}

/** The credential that an environment variable holds by default, if it is set and not empty. */
export function environmentCredential(name: string, label: string = name): Secret | undefined {
  const value = nodeProcess()?.env[name];
  return value === undefined || value === "" ? undefined : new Secret(value, label);
}

/** What a reference leads to, or why it leads nowhere. The fault names variable or file, and quotes nothing. */
export function resolveReference(value: string): { readonly plain: string } | { readonly fault: string } {
  if (value.startsWith("env:")) return fromEnvironment(value.slice(4));
  if (value.startsWith("file:")) return fromFile(value.slice(5));
  return value === "" ? { fault: "is empty" } : { plain: value };
}

function fromEnvironment(name: string): ReturnType<typeof resolveReference> {
  const plain = nodeProcess()?.env[name];
  return plain ? { plain } : { fault: `names the environment variable ${name}, which is not set` };
}

function fromFile(path: string): ReturnType<typeof resolveReference> {
  const fs = nodeProcess()?.getBuiltinModule?.("node:fs");
  if (fs === undefined) return { fault: "names a file, and there are none on this platform" };
  try {
    const text = fs.readFileSync(path, "utf8");
    if (text.length > maxFileCharacters)
      return { fault: `names the file ${path}, which is too long for one` };
    const plain = text.replace(/\r?\n$/, "");
    return plain === "" ? { fault: `names the file ${path}, which is empty` } : { plain };
  } catch {
    return { fault: `names the file ${path}, which cannot be read` };
  }
}
