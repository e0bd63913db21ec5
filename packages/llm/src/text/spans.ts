import { escaped } from "./escaped.ts";

/** Text between two marks in which nothing is ever a call. */
export interface Span {
  /** Source of a regular expression; a group in it may be named by `close`. */
  readonly open: string;
  /** The closing mark; `$1` stands for the first group of `open`. */
  readonly close: string;
  /** Marks before which it ends as well. */
  readonly until?: readonly string[];
  /** A closing mark alone says nothing, because other things are closed by it too. */
  readonly neverLone?: true;
}

/** A span whose opening mark is always the same. */
function between(open: string, close: string): Span {
  return { open: escaped([open]), close };
}

function withinTag(name: string): Span {
  return between(`<${name}>`, `</${name}>`);
}

/**
 * Reasoning. Chat templates often write the opening mark themselves, so a closing mark alone says that everything before
 * it was reasoning. A mark that is never closed says so of everything after it.
 */
export const reasoningSpans: readonly Span[] = [
  ...["think", "thinking", "seed:think"].map(withinTag),
  between("[THINK]", "[/THINK]"),
  between("<|START_THINKING|>", "<|END_THINKING|>"),
  between("<|channel>thought", "<channel|>"),
  between("<|open|>think<|sep|>", "<|close|>think<|sep|>"),
  ...["thought", "reasoning", "reflection", "scratchpad"].map((name): Span => ({
    ...withinTag(name),
    neverLone: true,
  })),
  {
    // Harmony: a message of the channel `analysis` that is addressed to no tool.
    open: String.raw`(?:<\|start\|>assistant)?<\|channel\|>analysis\s{0,8}<\|message\|>`,
    close: "<|end|>",
    until: ["<|start|>", "<|channel|>", "<|call|>", "<|return|>"],
    neverLone: true,
  },
];

/**
 * What a model quotes: results, our own fence around them first, then definitions of tools, comments, and turns of a
 * conversation that are not its own.
 */
export const quotedSpans: readonly Span[] = [
  {
    open: String.raw`<tool_result\b[^>\n]{0,200}nonce="([0-9a-f]{1,64})">`,
    close: `</tool_result nonce="$1">`,
  },
  ...[
    "tool_result",
    "tool_results",
    "tool_response",
    "tool_output",
    "function_result",
    "function_results",
    "function_response",
    "result",
    "tools",
  ].map(withinTag),
  between("<!--", "-->"),
  between("<|START_TOOL_RESULT|>", "<|END_TOOL_RESULT|>"),
  between("[TOOL_RESULTS]", "[/TOOL_RESULTS]"),
  between("[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]"),
  between("<｜tool▁outputs▁begin｜>", "<｜tool▁outputs▁end｜>"),
  between("<｜tool▁output▁begin｜>", "<｜tool▁output▁end｜>"),
  between("<start_function_response>", "<end_function_response>"),
  between("<start_function_declaration>", "<end_function_declaration>"),
  ...["user", "tool", "ipython", "system"].flatMap((role) => [
    between(`<|im_start|>${role}`, "<|im_end|>"),
    between(`<|start_header_id|>${role}<|end_header_id|>`, "<|eot_id|>"),
  ]),
  between("<|start|>functions.", "<|end|>"),
  between("<start_of_turn>user", "<end_of_turn>"),
];

/** What some servers leave at the end of a text. */
export const endTokens: readonly string[] = [
  "<|im_end|>",
  "<|eom_id|>",
  "<|eot_id|>",
  "<|eot|>",
  "<|eom|>",
  "<|end_of_text|>",
  "<|endoftext|>",
  "<|end|>",
  "<|return|>",
  "<|call|>",
  "<|END_OF_TURN_TOKEN|>",
  "<|END_RESPONSE|>",
  "<|observation|>",
  "<|user|>",
  "<|end_of_msg|>",
  "<｜end▁of▁sentence｜>",
  "<end_of_turn>",
  "<turn|>",
  "[e~[",
  "<eos>",
  "</s>",
];
