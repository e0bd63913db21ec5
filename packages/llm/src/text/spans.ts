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

function betweenTags(name: string, neverLone = false): Span {
  return { open: `<${name}>`, close: `</${name}>`, ...(neverLone && { neverLone }) };
}

/**
 * Reasoning. Chat templates often write the opening mark themselves, so a closing mark alone says that everything before
 * it was reasoning. A mark that is never closed says so of everything after it.
 */
export const reasoningSpans: readonly Span[] = [
  { open: "<think>", close: "</think>" },
  { open: "<thinking>", close: "</thinking>" },
  { open: "<seed:think>", close: "</seed:think>" },
  { open: String.raw`\[THINK\]`, close: "[/THINK]" },
  { open: String.raw`<\|START_THINKING\|>`, close: "<|END_THINKING|>" },
  { open: String.raw`<\|channel>thought`, close: "<channel|>" },
  { open: String.raw`<\|open\|>think<\|sep\|>`, close: "<|close|>think<|sep|>" },
  ...["thought", "reasoning", "reflection", "scratchpad"].map((name) => betweenTags(name, true)),
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
  ].map((name) => betweenTags(name)),
  { open: "<!--", close: "-->" },
  { open: String.raw`<\|START_TOOL_RESULT\|>`, close: "<|END_TOOL_RESULT|>" },
  { open: String.raw`\[TOOL_RESULTS\]`, close: "[/TOOL_RESULTS]" },
  { open: String.raw`\[AVAILABLE_TOOLS\]`, close: "[/AVAILABLE_TOOLS]" },
  { open: "<｜tool▁outputs▁begin｜>", close: "<｜tool▁outputs▁end｜>" },
  { open: "<｜tool▁output▁begin｜>", close: "<｜tool▁output▁end｜>" },
  { open: "<start_function_response>", close: "<end_function_response>" },
  { open: "<start_function_declaration>", close: "<end_function_declaration>" },
  ...["user", "tool", "ipython", "system"].flatMap((role) => [
    { open: String.raw`<\|im_start\|>${role}`, close: "<|im_end|>" },
    { open: String.raw`<\|start_header_id\|>${role}<\|end_header_id\|>`, close: "<|eot_id|>" },
  ]),
  { open: String.raw`<\|start\|>functions\.`, close: "<|end|>" },
  { open: "<start_of_turn>user", close: "<end_of_turn>" },
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
