/** Names and ids come from the model too: none may end the line, or the tag, that it is put into. */
export function toWord(name: string): string {
  return name.slice(0, 128).replaceAll(/[^\w.-]/g, "_");
}
