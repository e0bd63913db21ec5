const piece = 0x80_00;

/** In pieces, because a function takes only so many arguments. */
export function toBase64(bytes: Uint8Array): string {
  const texts = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, index) =>
    String.fromCharCode(...bytes.subarray(index * piece, (index + 1) * piece)),
  );
  return btoa(texts.join(""));
}
