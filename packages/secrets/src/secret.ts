import { MCSError } from "@mcs/core";

const marker: unique symbol = Symbol.for("mcs.secret") as never;

/** For `./open` and the scrubber: this module is no entry point of the package. `undefined`: not sealed by this copy. */
export let unseal: (secret: Secret) => SealedValue | undefined;

/** What a {@link Secret} holds. */
export interface SealedValue {
  readonly value: string;
  /** Characters at its beginning that are public. */
  readonly publicLength: number;
}

/** What is known of a value that is sealed. */
export interface SecretOptions {
  /** Text that the value begins with and that is no secret by itself: the `ada:` of `ada:password`. Default `""`. */
  readonly publicPrefix?: string;
}

/**
 * A sealed value. It prints, inspects and serialises as `[secret label]`, cannot be cloned or calculated with, and nothing
 * reachable from it leads to the value; only `openSecret` of `@mcs/secrets/open` does.
 */
export class Secret {
  readonly #sealed: SealedValue;
  /** What it is, for people: `token of bearerAuth`. Empty if none was given. */
  readonly label: string;
  /** An own function property, because it makes `structuredClone` refuse the object and goes along in a spread. */
  readonly toJSON: () => string;

  static {
    unseal = (secret) => (typeof secret === "object" && #sealed in secret ? secret.#sealed : undefined);
    Object.defineProperty(this.prototype, marker, { value: true });
    Object.defineProperty(this.prototype, Symbol.for("nodejs.util.inspect.custom"), {
      value(this: Secret): string {
        return this.toString();
      },
    });
  }

  /**
   * @param label - Shown in place of the value. Reduced to plain characters, and left out if it contains the value.
   * @throws {MCSError} `MCS_INVALID_CONFIG` if the value is no string: a variable that is not set, mostly.
   */
  constructor(value: string, label = "", { publicPrefix = "" }: SecretOptions = {}) {
    if (typeof value !== "string") {
      throw new MCSError(
        "MCS_INVALID_CONFIG",
        `The value of the secret "${toPlain(label)}" must be a string.`,
      );
    }
    this.#sealed = { value, publicLength: value.startsWith(publicPrefix) ? publicPrefix.length : 0 };
    this.label = value !== "" && label.includes(value) ? "" : toPlain(label);
    this.toJSON = constant(describe(this.label));
    Object.freeze(this);
  }

  toString(): string {
    return describe(this.label);
  }

  /**
   * As a text it is its label; but nobody who adds to it, compares it or calculates with it means the label.
   *
   * @throws {TypeError} For any hint but `string`.
   */
  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return this.toString();
    throw new TypeError(`${this.toString()} is sealed: only a connector can open it.`);
  }

  get [Symbol.toStringTag](): string {
    return "Secret";
  }
}

/** Recognises a secret sealed by any installed copy of this package; `instanceof` sees only its own. */
export function isSecret(value: unknown): value is Secret {
  return typeof value === "object" && value !== null && marker in value;
}

function describe(label: string): string {
  return label === "" ? "[secret]" : `[secret ${label}]`;
}

/** The label stands in place of the value, also inside JSON, HTML and headers, and must not break them. */
function toPlain(label: string): string {
  return label.replaceAll(/[^\w .:@-]+/g, "_").slice(0, 64);
}

function constant(text: string): () => string {
  return () => text;
}
