import process from "node:process";
import { folderStore } from "../src/node.ts";

const [, , folder = "", times = "0"] = process.argv;
const store = folderStore({ folder });

for (let done = 0; done < Number(times);) {
  const entry = await store.get("count");
  const count = Number(new TextDecoder().decode(entry?.value)) + 1;
  try {
    await store.put("count", new TextEncoder().encode(String(count)), { ifVersion: entry?.version ?? null });
    done += 1;
  } catch (error) {
    if ((error as { code?: string }).code !== "MCS_CONFLICT") throw error;
  }
}
