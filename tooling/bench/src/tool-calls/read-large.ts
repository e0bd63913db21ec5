// Reads one answer of 1 MB, and prints how many milliseconds that took. Arguments: the contender, and which answer.
import process from "node:process";
import { contenders } from "./contenders.ts";
import { largeAnswer, type LargeKind } from "./large-answer.ts";

const [name = "", kind = ""] = process.argv.slice(2);
const subject = largeAnswer(kind as LargeKind, name === "@ai-sdk-tool/parser");

const start = performance.now();
for (const read of contenders[name] ?? []) {
  try {
    read(subject);
  } catch {
    // That it cannot be read is an answer too; only the time counts here.
  }
}
console.log((performance.now() - start).toFixed(0));
