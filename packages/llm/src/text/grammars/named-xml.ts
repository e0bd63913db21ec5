import type { Tool } from "@mcs/core";
import { skipSpace } from "../../json/scan-json.ts";
import { endsWithin } from "../find-mark.ts";
import { isQuoted } from "../quoting.ts";
import { callOfRaw, endOfRaw, trimLineBreaks, type RawArgument } from "../raw-arguments.ts";
import { cutCall, noCall, undecided, wholeCall } from "../region.ts";
import type { Region, TextGrammar, TextSource } from "../text-source.ts";

const tag = /<([A-Za-z][\w-]{0,127})>/y;
const tagSoFar = /<[A-Za-z][\w-]{0,127}$/y;
const mayBegin = /[A-Za-z]/;

/**
 * `<n><k>v</k></n>`: coding agents. Tags like these are anything, so only a known tool is called so, and only with
 * arguments that it has.
 */
export const namedXmlGrammar: TextGrammar = {
  name: "named-xml",
  openers: ["<"],
  bare: true,
  read(source, at) {
    // Most brackets are told here, because there can be a great many.
    if (!mayBegin.test(source.text[at + 1] ?? "a")) return noCall(at + 1);
    tag.lastIndex = at;
    const name = tag.exec(source.text)?.[1];
    if (name === undefined) {
      tagSoFar.lastIndex = at;
      return tagSoFar.test(source.text) ? undecided(source) : noCall(at + 1);
    }
    const tool = source.findTool(name);
    if (tool === undefined || isQuoted(source.text, at)) return noCall(at + 1);
    return readArguments(source, { name, tool, from: tag.lastIndex });
  },
};

function readArguments(
  source: TextSource,
  { name, tool, from }: { readonly name: string; readonly tool: Tool; readonly from: number },
): Region {
  const { text } = source;
  const closer = `</${name}>`;
  const raws: RawArgument[] = [];
  let next = from;
  for (;;) {
    next = skipSpace(text, next);
    if (text.startsWith(closer, next)) return wholeCall(callOfRaw(source, name, raws), next + closer.length);
    tag.lastIndex = next;
    const key = tag.exec(text)?.[1];
    if (key === undefined || !tool.parameters.some((parameter) => parameter.name === key)) break;
    const keyFrom = tag.lastIndex;
    const follow = new RegExp(String.raw`\s*(?:${closer}|<(?!${key}>)[A-Za-z][\w-]*>)`, "y");
    const end = endOfRaw(text, keyFrom, `</${key}>`, follow);
    if (end === undefined) return cutCall(source, name);
    raws.push({ key, raw: trimLineBreaks(text.slice(keyFrom, end)), typed: "schema" });
    next = end + key.length + 3;
  }
  tagSoFar.lastIndex = next;
  const isCut = next === text.length || endsWithin(text, next, closer) || tagSoFar.test(text);
  if (!isCut) return noCall(from);
  return raws.length > 0 ? cutCall(source, name) : undecided(source);
}
