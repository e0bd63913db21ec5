/** A part of a pattern: what it matches once, and how often. */
interface Atom {
  /** One character of a class, or, where `bounded` is set, anything of limited length. */
  readonly source: string;
  readonly kind: "class" | "bounded" | "assertion";
  readonly isRequired: boolean;
  readonly isUnbounded: boolean;
  /** In how many ways it can be gone through at one place, at most. */
  readonly ways: number;
}

const atomPattern =
  /(?<assertion>[\^$]|\\[bB])|(?<group>\()|(?<class>\[\^?\]?(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\.|[^\\()|])/suy;
const quantifierPattern = /(?:([*+?])|\{(\d+)(,)?(\d*)\})\??/y;

/** A repetition that is bounded, but by more than this, is as good as unbounded. */
const maxRepetition = 32;

/** In so many ways may the bounded parts of a pattern be gone through at one place: they multiply. */
const maxWays = 1000;

/**
 * Why searching a text for a pattern, over and over, might take more than linear time in an engine that goes back, as all
 * of JavaScript's do. What is accepted is a concatenation of characters, classes, assertions and groups of bounded
 * length, or alternatives of such, in which every unbounded repetition is one of a single class, stands behind something
 * required that the class does not match (so that no two attempts pass over the same run), and shares no character with
 * the other repetitions (so that nothing is gone through twice).
 *
 * @returns `undefined` if it is linear for certain.
 */
export function whyNotLinear(source: string): string | undefined {
  if (compilePattern(source) === undefined) return "it does not compile";
  if (/\\[1-9k]/.test(source.replaceAll("\\\\", ""))) return "it refers back to a group";
  if (/\(\?<?[=!]/.test(source)) return "it looks ahead or behind";
  for (const branch of splitBranches(source)) {
    const reason = whyBranchIsNotLinear(branch);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** The pattern, in Unicode mode where it allows that. */
export function compilePattern(source: string, flags = ""): RegExp | undefined {
  for (const mode of ["u", ""]) {
    try {
      return new RegExp(source, mode + flags);
    } catch {
      // Escapes of characters that need none are refused in Unicode mode only.
    }
  }
  return undefined;
}

function whyBranchIsNotLinear(branch: string): string | undefined {
  const atoms = atomsOf(branch);
  if (atoms === undefined) return "a group in it repeats without a bound";
  if (waysOf(atoms) > maxWays) return "it can be gone through in too many ways";
  const repeated: Atom[] = [];
  for (const [index, atom] of atoms.entries()) {
    if (!atom.isUnbounded) continue;
    const isAnchored = atoms
      .slice(0, index)
      .some((before) => before.kind === "class" && before.isRequired && !overlaps(before, atom));
    if (!isAnchored) return `nothing required stands before "${atom.source}" that it cannot match`;
    if (repeated.some((other) => overlaps(other, atom)))
      return `"${atom.source}" matches what another repetition matches`;
    repeated.push(atom);
  }
  return undefined;
}

/** @returns `undefined` if a group repeats without a bound, or holds what does. */
function atomsOf(branch: string): readonly Atom[] | undefined {
  const atoms: Atom[] = [];
  for (let at = 0; at < branch.length;) {
    atomPattern.lastIndex = at;
    const groups = atomPattern.exec(branch)?.groups;
    if (groups === undefined) return undefined;
    const isGroup = groups["group"] !== undefined;
    const end = isGroup ? endOfGroup(branch, at) : atomPattern.lastIndex;
    const source = branch.slice(at, end);
    quantifierPattern.lastIndex = end;
    const quantifier = quantifierPattern.exec(branch);
    at = quantifier === null ? end : quantifierPattern.lastIndex;
    const { least, most } = countsOf(quantifier);
    const isUnbounded = most > maxRepetition;
    const isRequired = least > 0;
    if (!isGroup) {
      const kind = groups["assertion"] === undefined ? "class" : "assertion";
      atoms.push({ source, kind, isRequired, isUnbounded, ways: isUnbounded ? 1 : most - least + 1 });
      continue;
    }
    const inner = quantifier === null ? atomsOfOnlyBranch(source) : undefined;
    if (inner === undefined && (isUnbounded || !isBounded(source))) return undefined;
    const ways = (most - least + 1) * waysOfGroup(source) ** most;
    atoms.push(...(inner ?? [{ source, kind: "bounded" as const, isRequired, isUnbounded, ways }]));
  }
  return atoms;
}

function countsOf(quantifier: RegExpExecArray | null): { readonly least: number; readonly most: number } {
  if (quantifier === null) return { least: 1, most: 1 };
  const [, sign, least, comma, most] = quantifier;
  if (sign !== undefined) return { least: sign === "+" ? 1 : 0, most: sign === "?" ? 1 : Infinity };
  if (comma === undefined) return { least: Number(least), most: Number(least) };
  return { least: Number(least), most: most === undefined || most === "" ? Infinity : Number(most) };
}

function waysOf(atoms: readonly Atom[]): number {
  return atoms.reduce((ways, atom) => ways * atom.ways, 1);
}

/** Those of all its alternatives together. */
function waysOfGroup(group: string): number {
  return splitBranches(bodyOf(group)).reduce((ways, branch) => ways + waysOf(atomsOf(branch) ?? []), 0);
}

/** The atoms of a group that only groups. */
function atomsOfOnlyBranch(group: string): readonly Atom[] | undefined {
  const [branch = "", other] = splitBranches(bodyOf(group));
  return other === undefined ? atomsOf(branch) : undefined;
}

function bodyOf(group: string): string {
  return group.slice(1, -1).replace(/^\?(?::|<\w+>)/, "");
}

/** Whether a group has a bounded length, in all of its alternatives and inner groups. */
function isBounded(group: string): boolean {
  return splitBranches(bodyOf(group)).every(
    (branch) => atomsOf(branch)?.every((atom) => !atom.isUnbounded) === true,
  );
}

const piecePattern = /\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]|[^\\()|[]+|./suy;

/** Offset behind the bracket that closes the group that opens at an offset. */
function endOfGroup(source: string, open: number): number {
  let depth = 0;
  let at = open;
  for (const piece of piecesOf(source, open)) {
    at += piece.length;
    if (piece === "(") depth += 1;
    if (piece === ")") depth -= 1;
    if (depth === 0) break;
  }
  return at;
}

/** The alternatives of a pattern. */
function splitBranches(source: string): readonly string[] {
  const branches = [""];
  let depth = 0;
  for (const piece of piecesOf(source, 0)) {
    if (piece === "(") depth += 1;
    if (piece === ")") depth -= 1;
    if (piece === "|" && depth === 0) branches.push("");
    else branches.push((branches.pop() ?? "") + piece);
  }
  return branches;
}

function piecesOf(source: string, from: number): readonly string[] {
  const pieces: string[] = [];
  for (let at = from; at < source.length;) {
    piecePattern.lastIndex = at;
    const piece = piecePattern.exec(source)?.[0] ?? source.slice(at);
    pieces.push(piece);
    at += piece.length;
  }
  return pieces;
}

/** Characters by which classes are told apart: all that are common, and some of every other kind. */
const samples: readonly string[] = [
  ...Array.from({ length: 0x700 }, (_, code) => String.fromCharCode(code)),
  ...Array.from(
    "\u1680\u2000\u2003\u2028\u2029\u202f\u205f\u3000\ufeff\u2018\u2019\u201c\u201d漢字가🐕ﬁ￥｜▁",
  ),
];

/** Whether one character can belong to both classes. */
function overlaps(one: Atom, other: Atom): boolean {
  const [first, second] = [one, other].map(({ source }) => compilePattern(`^(?:${source})$`, "s"));
  if (first === undefined || second === undefined) return true;
  return samples.some((sample) => first.test(sample) && second.test(sample));
}
