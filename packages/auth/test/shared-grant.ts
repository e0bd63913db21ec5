import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { isMCSError } from "@mcs/core";
import { folderStore } from "@mcs/kit/node";
import { signIn, type SignInOptions } from "../src/index.ts";
import { loopbackRedirect } from "../src/node.ts";
import type { LoginServer } from "./login-server.ts";
import { signInAs } from "./person.ts";

const audience = "https://tickets.example";

/** Processes that share one person's grant in a folder. */
export interface SharedGrant extends AsyncDisposable {
  /** Has all of them get a token at that time, in ms since the epoch. @returns A digest of each token, or a code. */
  getAll(now: number): Promise<readonly string[]>;
  /** Ends one of them as a crash would, and starts another in its place. */
  crash(index: number): Promise<void>;
}

export async function startSharedGrant(server: LoginServer, processes: number): Promise<SharedGrant> {
  const folder = await mkdtemp(join(tmpdir(), "mcs-auth-"));
  const options: SignInOptions = {
    server: { issuer: server.issuer },
    client: { id: "app" },
    origins: [audience],
    method: "device",
    signInScopes: ["openid", "offline_access", "tickets:read"],
    parameters: { prompt: "consent" },
    timeoutMs: 5_000,
  };
  await signInOnce({ ...options, method: "browser" }, folder);
  const settings = JSON.stringify({ options, folder, audience });
  const children = await Promise.all(Array.from({ length: processes }, () => startChild(settings)));
  return {
    getAll: (now) => Promise.all(children.map((child) => child.ask(String(now)))),
    async crash(index) {
      children[index]?.process.kill("SIGKILL");
      children[index] = await startChild(settings);
    },
    async [Symbol.asyncDispose]() {
      for (const child of children) child.process.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function signInOnce(options: SignInOptions, folder: string): Promise<void> {
  const ports = { store: folderStore({ folder }), redirect: loopbackRedirect() };
  await using provider = signIn(options, ports);
  const error: unknown = await provider.get({ audience }).catch((thrown: unknown) => thrown);
  const url = isMCSError(error) ? error.challenge?.url : undefined;
  const signedIn = provider.signedIn();
  await signInAs("ada", url ?? "");
  await signedIn;
}

interface Child {
  readonly process: ChildProcess;
  ask(line: string): Promise<string>;
}

async function startChild(settings: string): Promise<Child> {
  const file = fileURLToPath(new URL("./child.ts", import.meta.url));
  const child = spawn(process.execPath, [file, settings], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<string> => String((await lines.next()).value);
  await next();
  return {
    process: child,
    ask(line) {
      child.stdin.write(`${line}\n`);
      return next();
    },
  };
}
