/** Bytes as a text of one character each; `TextDecoder` has no such encoding, its latin1 being windows-1252. */
export function toBinaryText(bytes: Uint8Array): string {
  const most = 8192;
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += most) {
    pieces.push(Reflect.apply(String.fromCharCode, undefined, bytes.subarray(start, start + most)));
  }
  return pieces.join("");
}

/** The way back. */
export function fromBinaryText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/** The bytes of a buffer or of a view of one; `undefined` for anything else. */
export function bytesOf(value: object): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return value instanceof ArrayBuffer ? new Uint8Array(value) : undefined;
}
