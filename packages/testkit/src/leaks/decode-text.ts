/** A text as somebody could read it who takes it for encoded. */
export interface View {
  /** What was decoded, outermost first: `base64, percent-encoding`. Empty for the text itself. */
  readonly how: string;
  readonly text: string;
}

/** Encodings within encodings that are looked into. */
const deepest = 2;

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const escapes: Readonly<Record<string, string>> = {
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

type Decode = (text: string) => readonly string[];

const escapeDecoders: Readonly<Record<string, Decode>> = {
  "percent-encoding": (text) =>
    text.includes("%") ? [text.replaceAll(/(?:%[\da-f]{2})+/gi, (run) => fromHex(run))] : [],
  "form encoding": (text) => (text.includes("+") ? [text.replaceAll("+", " ")] : []),
  escapes: (text) => (text.includes("\\") ? [decodeEscapes(text)] : []),
  HTML: (text) => (text.includes("&") ? [decodeEntities(text)] : []),
};

const byteDecoders: Readonly<Record<string, Decode>> = {
  "UTF-16": (text) => (text.includes("\0") ? [text.replaceAll("\0", "")] : []),
  base64: (text) => [...new Set([text, text.replaceAll(/\s+/g, "")])].flatMap(decodeBase64),
  hex: (text) =>
    matches(text, /(?:[\da-f]{2}(?:[\s:,%-]|\\x|0x)*){6,}[\da-f]?/gi).flatMap((run) => {
      const digits = run.replaceAll(/\\x|0x|[^\da-f]/gi, "");
      return [fromHex(digits), fromHex(digits.slice(1))];
    }),
  "a list of bytes": (text) =>
    matches(text, /(?:(?:"?\d+"?:\s*)?\b\d{1,3}\b\s*(?:,\s*)?){6,}/g).map((run) =>
      matches(run.replaceAll(/"?\d+"?:/g, " "), /\d+/g)
        .map((byte) => String.fromCharCode(Number(byte)))
        .join(""),
    ),
};

/**
 * The text, and all that it says to somebody who decodes it, up to twice. Bytes come out as one character each.
 *
 * @param withBytes - Whether base64, hex and lists of numbers are read, too.
 */
export function decodeText(text: string, withBytes: boolean): View[] {
  const decoders = Object.entries({ ...escapeDecoders, ...(withBytes && byteDecoders) });
  const seen = new Set([text]);
  let layer: View[] = [{ how: "", text }];
  const views = [...layer];
  for (let depth = 0; depth < deepest; depth += 1) {
    layer = layer.flatMap((view) =>
      decoders.flatMap(([name, decode]) => {
        const decoded = decode(view.text).join("\n");
        if (decoded === "" || seen.has(decoded)) return [];
        seen.add(decoded);
        return [{ how: view.how === "" ? name : `${view.how}, ${name}`, text: decoded }];
      }),
    );
    views.push(...layer);
  }
  return views;
}

/** Wherever it begins within longer base64: four starts, of which one is right. */
function decodeBase64(text: string): string[] {
  return matches(text, /[\w+/-]{11,}/g).flatMap((run) =>
    [0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), "base64").toString("latin1")),
  );
}

function decodeEscapes(text: string): string {
  return text.replaceAll(
    /\\(?:u\{(?<point>[\da-f]{1,6})\}|u(?<unit>[\da-f]{4})|x(?<byte>[\da-f]{2})|(?<one>.))/gis,
    (all: string, ...rest: unknown[]) => {
      const { point, unit, byte, one } = rest.at(-1) as Record<string, string | undefined>;
      const digits = point ?? unit ?? byte;
      if (one !== undefined) return escapes[one] ?? one;
      const code = Number.parseInt(digits ?? "", 16);
      return code > 0x10ffff ? all : String.fromCodePoint(code);
    },
  );
}

function decodeEntities(text: string): string {
  return text.replaceAll(
    /&(?:#x(?<hex>[\da-f]{1,6})|#(?<decimal>\d{1,7})|(?<name>amp|lt|gt|quot|apos));/gi,
    (all: string, ...rest: unknown[]) => {
      const { hex, decimal, name } = rest.at(-1) as Record<string, string | undefined>;
      if (name !== undefined) return entities[name.toLowerCase()] ?? all;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0x10ffff ? all : String.fromCodePoint(code);
    },
  );
}

function fromHex(digits: string): string {
  return Buffer.from(digits.replaceAll("%", ""), "hex").toString("latin1");
}

function matches(text: string, pattern: RegExp): string[] {
  return Array.from(text.matchAll(pattern), ([found]) => found);
}
