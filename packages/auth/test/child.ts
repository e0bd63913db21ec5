// One of many processes that share a person's grant: `node child.ts SETTINGS`. It gets a token each time that it is told the
// time, and prints a digest of it, or the code of the error.
import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import { isMCSError } from "@mcs/core";
import { folderStore } from "@mcs/kit/node";
import type { Secret } from "@mcs/secrets";
import { openSecret } from "@mcs/secrets/open";
import { signIn, type SignInOptions } from "../src/index.ts";

interface Settings {
  readonly options: SignInOptions;
  readonly folder: string;
  readonly audience: string;
}

const { options, folder, audience } = JSON.parse(process.argv[2] ?? "") as Settings;
let now = 0;
const provider = signIn(options, { store: folderStore({ folder }), clock: { now: () => now } });
process.stdout.write("ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  now = Number(line);
  process.stdout.write(`${await outcome()}\n`);
}
await provider[Symbol.asyncDispose]();

async function outcome(): Promise<string> {
  try {
    const { secret } = await provider.get({ audience });
    return createHash("sha256")
      .update(openSecret(secret as Secret))
      .digest("hex");
  } catch (error) {
    return isMCSError(error) ? error.code : "another error";
  }
}
