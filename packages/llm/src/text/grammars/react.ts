import { scanJson, skipSpace } from "../../json/scan-json.ts";
import { nextLoneCloser } from "../landmarks.ts";
import { readNamedJson } from "../named-json-call.ts";
import { brokenCall, noCall, undecided } from "../region.ts";
import type { Region, TextGrammar, TextSource } from "../text-source.ts";
import { schemaOfArgument, typedValue } from "../typed-value.ts";

const finalAnswer = "Final Answer:";
const action = "Action:";
const result = "Observation:";
const head = /Action:[ \t]*`?([\w.:/-]{1,128})`?[ \t]*\r?\n\s*Action Input:[ \t]*/y;
const headSoFar = /Action:[ \t]*(?:`?[\w.:/-]{1,128}`?[ \t]*(?:\r?\n\s*(?:A[a-zA-Z ]{0,11}:?)?)?)?$/y;
const afterResult = /\n[ \t]*(?:Thought|Final Answer)[ \t]*:/g;
const observation = /\n[ \t]*(?:Observation|Thought|Final Answer)[ \t]*:/g;

/**
 * `Thought: …⏎Action: n⏎Action Input: A`: ReAct. It is one call, and whatever follows is made up by the model: results
 * that nobody gave, and what it would do then. `Final Answer:` means that there is none.
 */
export const reactGrammar: TextGrammar = {
  name: "react",
  openers: [action, finalAnswer, result],
  read(source, at) {
    const { text } = source;
    const isLineStart = /(?:^|\n)[ \t*]*$/.test(text.slice(Math.max(0, at - 16), at));
    if (!isLineStart) return noCall(at + action.length);
    if (text.startsWith(result, at)) return noCall(endOfResult(text, at));
    if (text.startsWith(finalAnswer, at)) return noCall(nextLoneCloser(text, at));
    head.lastIndex = at;
    const name = head.exec(text)?.[1];
    if (name !== undefined) return readInput(source, name, head.lastIndex);
    headSoFar.lastIndex = at;
    return headSoFar.test(text) ? undecided(source) : noCall(at + action.length);
  },
};

/** What a tool gave is data, whatever it looks like. */
function endOfResult(text: string, at: number): number {
  afterResult.lastIndex = at;
  return afterResult.exec(text)?.index ?? text.length;
}

function readInput(source: TextSource, name: string, at: number): Region {
  const { text } = source;
  const fence = /```(?:json)?\s*/y;
  fence.lastIndex = skipSpace(text, at);
  const from = fence.test(text) ? fence.lastIndex : skipSpace(text, at);
  const region =
    text[from] === "{"
      ? readNamedJson(source, { name }, from, { closers: [], stops: ["\nObservation:", "\nThought:"] })
      : readTextInput(source, name, at);
  return { ...region, end: nextLoneCloser(text, region.end) };
}

/** Text instead of an object is the argument of a tool that has only one. */
function readTextInput(source: TextSource, name: string, at: number): Region {
  const { text } = source;
  observation.lastIndex = at;
  const stop = observation.exec(text);
  const end = nextLoneCloser(text, at);
  const raw = text.slice(at, Math.min(stop?.index ?? end, end)).trim();
  const tool = source.findTool(source.resolveName(name));
  const [only, second] = tool?.parameters ?? [];
  const ends = { end, complete: stop !== null, mayGrow: stop === null };
  if (raw === "" && stop === null) return undecided(source);
  if (raw === "" || raw === "None" || raw === "{}")
    return { calls: [{ name, arguments: {}, repairs: [] }], ...ends };
  if (only === undefined || second !== undefined) {
    const error = "its input must be a JSON object, because the tool does not have exactly one parameter";
    return { ...brokenCall(source, name, error), ...ends };
  }
  const quoted = raw.startsWith('"') ? scanJson(raw) : undefined;
  const isQuoted = quoted?.kind === "value" && quoted.end === raw.length;
  const value = isQuoted ? quoted.value : typedValue(raw, schemaOfArgument(tool, only.name));
  return { calls: [{ name, arguments: { [only.name]: value }, repairs: [] }], ...ends };
}
