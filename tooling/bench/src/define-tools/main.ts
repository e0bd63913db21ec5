// `pnpm --filter @mcs/bench run bench:types [TOOLS]`: what the compiler spends on tools made by `defineTool`.
import process from "node:process";
import { measureTypes } from "./measure-types.ts";

const most = Number(process.argv[2] ?? 500);

console.log("tools  instantiations   types  memory (MB)  seconds");
for (const tools of [1, Math.ceil(most / 5), most]) {
  const { instantiations, types, memory, seconds } = await measureTypes(tools);
  const cells = [
    String(tools).padStart(5),
    String(instantiations).padStart(16),
    String(types).padStart(8),
    (memory / 1e6).toFixed(0).padStart(13),
    seconds.toFixed(2).padStart(9),
  ];
  console.log(cells.join(""));
}
