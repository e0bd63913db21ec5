/** The layers of a body, in the order in which they were put on. RFC 9110, section 8.4 */
export function encodingsOf(headers: Headers): string[] {
  const names = headers.get("Content-Encoding")?.toLowerCase().split(",") ?? [];
  return names.map((name) => name.trim()).filter((name) => name !== "" && name !== "identity");
}
