/** A quotation mark, inline code that does not end on its line, or a comment. */
const mentioningContext = /(?:["'“„«‘]|(?<!`)`{1,2}|\/\*+\s*)$/;

/** Whether an explicit marker is only mentioned: by what stands directly before it. */
export function isMentioned(text: string, at: number): boolean {
  return mentioningContext.test(text.slice(Math.max(0, at - contextLength), at));
}

/**
 * What stands before something that is quoted or part of code: a quotation mark, an assignment, a call, a key. Looked
 * for in the few characters before it.
 */
const quotingContext = /(?:[=("'“„«‘]|=>|\breturn|["']\s*:)\s*$/;
const contextLength = 24;

/** Whether something without a marker is quoted, or part of code. */
export function isQuoted(text: string, at: number): boolean {
  return quotingContext.test(text.slice(Math.max(0, at - contextLength), at)) || isMentioned(text, at);
}
