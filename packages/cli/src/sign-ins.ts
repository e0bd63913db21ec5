import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { RedirectPort, SignInOptions, SignInProvider } from "@mcs/auth";
import { MCSError, type CredentialProvider, type StorePort } from "@mcs/core";

/** What `mcs login` was told, kept beside the grant. */
export interface SignInSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Origin of the API. */
  readonly origin: string;
  readonly scopes: readonly string[];
}

/** What people have signed in to with `mcs login`: for this user of the machine only. */
export class SignIns {
  readonly #store: StorePort;

  private constructor(store: StorePort) {
    this.#store = store;
  }

  /** Loaded here, so that other commands do without. */
  static async open(): Promise<SignIns> {
    const { folderStore } = await import("@mcs/kit/node");
    const state = process.env["XDG_STATE_HOME"] || join(homedir(), ".local", "state");
    return new SignIns(folderStore({ folder: join(state, "mcs", "sign-ins") }));
  }

  async remember(settings: SignInSettings): Promise<void> {
    await this.#store.put(keyOf(settings.origin), new TextEncoder().encode(JSON.stringify(settings)));
  }

  async providerFor(
    { issuer, clientId, origin, scopes }: SignInSettings,
    method: SignInOptions["method"],
    redirect: RedirectPort,
  ): Promise<SignInProvider> {
    const { signIn } = await import("@mcs/auth");
    const options = { server: { issuer }, client: { id: clientId }, origins: [origin], method, scopes };
    return signIn({ ...options, signInScopes: scopes }, { store: this.#store, redirect });
  }

  /** Tokens of those who have signed in; nobody is asked to. */
  get credentials(): CredentialProvider {
    const find = async (audience: string): Promise<SignInProvider> => {
      const entry = await this.#store.get(keyOf(audience));
      if (entry === undefined) throw signInFirst(audience);
      const settings = JSON.parse(new TextDecoder().decode(entry.value)) as SignInSettings;
      const redirect = { open: () => Promise.reject(signInFirst(audience, settings)) };
      return this.providerFor(settings, "browser", redirect);
    };
    return {
      async get(request) {
        await using provider = await find(request.audience);
        return await provider.get(request);
      },
      async invalidate(request, refused) {
        await using provider = await find(request.audience);
        await provider.invalidate(request, refused);
      },
    };
  }
}

function keyOf(origin: string): string {
  return `sign-ins/${origin}`;
}

function signInFirst(origin: string, settings?: SignInSettings): MCSError {
  const { issuer, clientId } = settings ?? { issuer: "ISSUER", clientId: "ID" };
  return new MCSError("MCS_AUTH_REQUIRED", `Nobody is signed in for ${origin}, or not with all scopes.`, {
    hint: `Run: mcs login ${issuer} --client-id ${clientId} --for ${origin}`,
  });
}
