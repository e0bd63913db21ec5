import { MCSError, type CallContext, type StorePort, type Tool, type ToolArguments } from "@mcs/core";
import { validateArguments } from "@mcs/llm/validate";
import { requireFitting } from "../require-fitting.ts";
import { readFile, type StoredFile } from "../store-file.ts";
import { toBase64 } from "../to-base64.ts";
import type { KeptResults } from "./kept-results.ts";
import { namedPlaces, type NamedPlace } from "./named-places.ts";
import { select } from "./select.ts";

/** Things that one call may name. */
const mostNamed = 20;

/**
 * The arguments with what they name in its place. A file becomes what the schema takes there: its JSON value, its text, an
 * object `{ filename, mediaType, base64 }`, its base64, or else its reference, for a tool that reads stores itself.
 *
 * @throws {MCSError} `MCS_NOT_FOUND`, `MCS_INVALID_ARGUMENTS`, `MCS_TOO_LARGE`.
 */
export async function fillArguments(
  tool: Tool,
  args: ToolArguments,
  context: CallContext,
  { kept, store }: { readonly kept: KeptResults; readonly store: StorePort },
): Promise<ToolArguments> {
  const places = namedPlaces(args);
  if (places.length === 0) return args;
  if (places.length > mostNamed) {
    throw new MCSError("MCS_TOO_LARGE", `One call may name ${mostNamed} kept results and files.`, {
      effect: "none",
    });
  }
  let filled = args;
  for (const place of places) {
    const values = await valuesOf(place, filled, context, kept, store);
    filled = bestFit(
      tool,
      values.map((value) => withValue(filled, place.path, value) as ToolArguments),
    );
  }
  requireFitting(tool, filled);
  return filled;
}

/** What a name may stand for, the first choice first. */
async function valuesOf(
  { naming, path }: NamedPlace,
  args: ToolArguments,
  context: CallContext,
  kept: KeptResults,
  store: StorePort,
): Promise<readonly unknown[]> {
  if ("resultHandle" in naming) {
    const { value, size } = await kept.get(naming.resultHandle, context);
    return [naming.select === undefined ? value : select(value, naming.select, size)];
  }
  const file = await readFile(store, naming.fileRef, context.principal);
  const asItIs = path.reduce<unknown>((value, key) => Reflect.get(Object(value), key), args);
  return file === undefined ? [asItIs] : [...contentsOf(file), asItIs];
}

function contentsOf({ reference: { name, mediaType }, bytes }: StoredFile): readonly unknown[] {
  const text = asUtf8(bytes);
  const base64 = toBase64(bytes);
  const file = { ...(name !== undefined && { filename: name }), mediaType, base64 };
  const json = text !== undefined && /[/+]json\b/.test(mediaType) ? parse(text) : [];
  return text === undefined ? [file, base64] : [...json, text, file];
}

function bestFit(tool: Tool, candidates: readonly ToolArguments[]): ToolArguments {
  const faults = candidates.map((candidate) => validateArguments(tool, candidate).length);
  return candidates[faults.indexOf(Math.min(...faults))] ?? {};
}

function withValue(holder: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const inner = withValue(Reflect.get(Object(holder), key), rest, value);
  if (Array.isArray(holder)) return holder.with(Number(key), inner);
  const members = Object.entries(Object(holder) as object);
  return Object.fromEntries(members.map(([name, member]) => [name, name === key ? inner : member]));
}

function asUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parse(text: string): readonly unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return [];
  }
}
