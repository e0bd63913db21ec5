import type { Script, ScriptedCall, ScriptedResult, ScriptState } from "@mcs/testkit/scripted-model";
import { pixel } from "./wall-driver.ts";

/** What happens in a conversation. Each step checks what the one before has brought into it. */
export interface Plot {
  readonly name: string;
  readonly script: Script;
  /** It needs a tool of `@mcs/driver-hello`, or someone who answers unknown names. */
  readonly needsMore?: boolean;
  /** Whether a result must bear the provider's mark of an error, where it has one. */
  readonly isError?: boolean;
  /** It needs native tools: a model that takes text alone sees no pictures, nor does it say nothing beside a call. */
  readonly isNative?: boolean;
  /** It shows pictures. */
  readonly hasPictures?: boolean;
  /** The model writes what cannot be read. */
  readonly isBroken?: boolean;
  /** In text it needs a mark around calls: a bare object with an unknown name is data. */
  readonly needsMark?: boolean;
}

const list: ScriptedCall = { name: "wall_list", arguments: {} };
const wipe: ScriptedCall = { name: "wall_wipe", arguments: { wall: 7 } };
const drill: ScriptedCall = { name: "wall_drill", arguments: { wall: 7 } };
const paint: ScriptedCall = { name: "wall_paint", arguments: { wall: 7 } };
const photo: ScriptedCall = { name: "wall_photo", arguments: { wall: 7 } };
const burn: ScriptedCall = { name: "wall_burn", arguments: { wall: 7 }, invented: true };
const greet: ScriptedCall = { name: "hello_greet", arguments: { name: "Ada" } };

const done = { text: "Done." };

/** The latest results are those of these tools, in this order, and each says what it must. */
function expectLatest(
  { latest }: ScriptState,
  ...wanted: readonly (readonly [tool: string, says: string])[]
): void {
  const tools = latest.map(({ tool }) => tool).join(", ");
  if (tools !== wanted.map(([tool]) => tool).join(", ")) throw new Error(`The results are of ${tools}.`);
  for (const [index, [tool, says]] of wanted.entries())
    if (!textAt(latest, index).includes(says)) throw new Error(`${tool} says "${textAt(latest, index)}".`);
}

function textAt(results: readonly ScriptedResult[], index: number): string {
  return results[index]?.text ?? "";
}

function expectPixels({ files }: ScriptState, count: number): void {
  const pixels = files.filter(({ data, mediaType }) => data === pixel && mediaType === "image/png");
  if (pixels.length !== count || files.length !== count)
    throw new Error(`${pixels.length} pictures and ${files.length} files came, not ${count}.`);
}

export const plots: readonly Plot[] = [
  {
    name: "one call",
    script: [
      () => ({ text: "Let me look.", calls: [list] }),
      (state) => {
        expectLatest(state, ["wall_list", "ochre"]);
        return done;
      },
    ],
  },
  {
    name: "calls at once, two of them of one tool",
    script: [
      () => ({ calls: [list, wipe, { ...wipe, arguments: { wall: 9 } }] }),
      (state) => {
        expectLatest(state, ["wall_list", "ochre"], ["wall_wipe", ""], ["wall_wipe", ""]);
        return done;
      },
    ],
  },
  {
    name: "a failure",
    isError: true,
    script: [
      () => ({ text: "Let me drill.", calls: [drill] }),
      (state) => {
        expectLatest(state, ["wall_drill", "MCS_REMOTE"]);
        return done;
      },
    ],
  },
  {
    name: "a denial",
    isError: true,
    script: [
      () => ({ calls: [paint] }),
      (state) => {
        expectLatest(state, ["wall_paint", "not today"]);
        return done;
      },
    ],
  },
  {
    name: "arguments that do not fit",
    isError: true,
    script: [
      () => ({ calls: [{ ...wipe, arguments: { wall: "seven" } }] }),
      (state) => {
        expectLatest(state, ["wall_wipe", "MCS_INVALID_ARGUMENTS"]);
        return { calls: [wipe] };
      },
      (state) => {
        expectLatest(state, ["wall_wipe", ""]);
        return done;
      },
    ],
  },
  {
    name: "arguments that cannot be read",
    isBroken: true,
    isError: true,
    isNative: true,
    script: [
      () => ({ calls: [{ ...wipe, arguments: {}, written: '{"wall": 7, "colour": "och' }, list] }),
      (state) => {
        expectLatest(state, ["wall_wipe", "MCS_"], ["wall_list", "ochre"]);
        return { calls: [wipe] };
      },
      (state) => {
        expectLatest(state, ["wall_wipe", ""]);
        return done;
      },
    ],
  },
  {
    name: "an unknown tool",
    needsMark: true,
    isError: true,
    needsMore: true,
    script: [
      () => ({ calls: [burn] }),
      (state) => {
        expectLatest(state, ["wall_burn", "wall_"]);
        return done;
      },
    ],
  },
  {
    name: "a picture",
    hasPictures: true,
    isNative: true,
    script: [
      () => ({ text: "Let me see.", calls: [photo] }),
      (state) => {
        expectLatest(state, ["wall_photo", "fileRef"]);
        expectPixels(state, 1);
        return { text: "I see.", calls: [list, photo, photo] };
      },
      (state) => {
        expectLatest(state, ["wall_list", "ochre"], ["wall_photo", "wall 7"], ["wall_photo", "wall 7"]);
        expectPixels(state, 3);
        return done;
      },
    ],
  },
  {
    name: "empty words beside a call",
    isNative: true,
    script: [
      () => ({ text: "", calls: [list] }),
      (state) => {
        expectLatest(state, ["wall_list", "ochre"]);
        return done;
      },
    ],
  },
  {
    name: "two drivers",
    needsMore: true,
    script: [
      () => ({ calls: [greet, list, greet] }),
      (state) => {
        expectLatest(state, ["hello_greet", "Hello, Ada!"], ["wall_list", "ochre"], ["hello_greet", "Hello"]);
        return done;
      },
    ],
  },
  {
    name: "everything at once",
    hasPictures: true,
    needsMore: true,
    isNative: true,
    isError: true,
    script: [
      () => ({ text: "All at once.", calls: [drill, greet, burn, photo, paint, wipe] }),
      (state) => {
        expectPixels(state, 1);
        expectLatest(
          state,
          ["wall_drill", "MCS_REMOTE"],
          ["hello_greet", "Hello, Ada!"],
          ["wall_burn", "MCS_UNKNOWN_TOOL"],
          ["wall_photo", "fileRef"],
          ["wall_paint", "MCS_CONSENT_DENIED"],
          ["wall_wipe", ""],
        );
        return done;
      },
    ],
  },
  {
    name: "five rounds, each out of what the last brought",
    isError: true,
    script: [
      () => ({ calls: [list] }),
      ({ resultOf }) => {
        const [first] = resultOf("wall_list") as { wall: number }[];
        return { text: "One after the other.", calls: [{ ...drill, arguments: { wall: first?.wall } }] };
      },
      (state) => {
        expectLatest(state, ["wall_drill", "MCS_REMOTE"]);
        return { calls: [{ ...paint, arguments: { wall: 9 } }, list] };
      },
      (state) => {
        expectLatest(state, ["wall_paint", "MCS_CONSENT_DENIED"], ["wall_list", "ochre"]);
        return { calls: [wipe] };
      },
      (state) => {
        expectLatest(state, ["wall_wipe", ""]);
        return { calls: [list, list] };
      },
      ({ results }) => {
        if (results.length !== 7) throw new Error(`There are ${results.length} results, not 7.`);
        return done;
      },
    ],
  },
];
