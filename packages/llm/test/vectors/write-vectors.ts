// `pnpm --filter @mcs/llm run vectors`: writes the outputs of every case anew, and the inputs as they are. A new case is an
// input without its outputs, put into its file. What has changed is then looked at before it is committed.
import { beginningsOf, nativeOf, promptOf, readingOf, typeOf, writtenOf } from "./outputs.ts";
import { readVectors, writeVectors } from "./vector-files.ts";

writeVectors(
  "types",
  readVectors("types").map((one) => ({ ...one, ...typeOf(one) })),
);
writeVectors(
  "sentences",
  readVectors("sentences").map((one) => ({ ...one, ...beginningsOf(one) })),
);
writeVectors(
  "prompts",
  readVectors("prompts").map((one) => ({ ...one, ...promptOf(one) })),
);
writeVectors(
  "native-tools",
  readVectors("native-tools").map((one) => {
    const written = writtenOf(one);
    const calls = one.calls.map(({ meant }, index) => ({ meant, written: written[index] ?? null }));
    return { ...one, ...nativeOf(one), calls };
  }),
);
for (const name of ["answers-text", "answers-native"] as const)
  writeVectors(
    name,
    readVectors(name).map((one) => ({ ...one, reading: readingOf(one) })),
  );
