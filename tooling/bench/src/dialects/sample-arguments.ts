import { toInputSchema, type Tool, type ToolArguments } from "@mcs/core";
import { validateArguments } from "@mcs/llm/validate";

type Schema = Readonly<Record<string, unknown>>;

/** Levels below which only what is required is given. */
const deepest = 5;

const textsByFormat: Readonly<Record<string, string>> = {
  date: "2026-11-24",
  "date-time": "2026-11-24T10:00:00Z",
  email: "a@example.org",
  hostname: "example.org",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  time: "10:00:00Z",
  uri: "https://example.org/",
  "uri-reference": "/",
  uuid: "123e4567-e89b-12d3-a456-426614174000",
};

/** Calls of a tool that fit it: with what is required, with everything, and with some of it; those that could be made up. */
export function sampleArguments(tool: Tool): ToolArguments[] {
  const root = toInputSchema(tool);
  return [0, 1, 2, 3].flatMap((variant) => {
    const made = new Sampler(root, variant).sample(root, 0);
    return isSchema(made) && validateArguments(tool, made).length === 0 ? [made] : [];
  });
}

/** Makes up values. What it cannot hit by chance (patterns, conditions) makes them unfit. */
class Sampler {
  readonly #root: Schema;
  readonly #variant: number;
  #count = 0;

  /** @param variant - 0: what is required; 1: everything; others: some of it, and other alternatives. */
  constructor(root: Schema, variant: number) {
    this.#root = root;
    this.#variant = variant;
  }

  sample(given: unknown, depth: number): unknown {
    const schema = this.#resolve(given, new Set());
    if ("const" in schema) return schema["const"];
    const values = schema["enum"];
    if (Array.isArray(values)) return this.#pick(values);
    const forms = schema["anyOf"] ?? schema["oneOf"];
    if (Array.isArray(forms) && forms.length > 0) {
      const { anyOf: _any, oneOf: _one, ...own } = schema;
      return this.sample({ allOf: [own, this.#pick(forms)] }, depth);
    }
    const type = Array.isArray(schema["type"]) ? this.#pick(schema["type"]) : schema["type"];
    switch (type ?? (schema["properties"] === undefined ? undefined : "object")) {
      case "object":
        return this.#object(schema, depth);
      case "array":
        return this.#array(schema, depth);
      case "integer":
      case "number":
        return this.#number(schema);
      case "boolean":
        return this.#chance();
      case "null":
        return null;
      case "string":
        return this.#text(schema);
      default:
        return this.#pick(["any", 1, true, ["a", { b: null }], { c: [] }]);
    }
  }

  /** With references in place, and all parts of `allOf` in one; near enough for a guess. */
  #resolve(given: unknown, seen: ReadonlySet<string>): Schema {
    if (!isSchema(given)) return {};
    const { $ref: reference, allOf, ...own } = given;
    const parts: Schema[] = [];
    if (typeof reference === "string" && !seen.has(reference)) {
      parts.push(this.#resolve(this.#find(reference), new Set([...seen, reference])));
    }
    for (const part of Array.isArray(allOf) ? (allOf as readonly unknown[]) : [])
      parts.push(this.#resolve(part, seen));
    return [...parts, own].reduce<Schema>((one, other) => join(one, other), {});
  }

  #find(reference: string): unknown {
    let found: unknown = this.#root;
    for (const token of reference.slice(2).split("/")) {
      const key = decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~");
      found = isSchema(found) || Array.isArray(found) ? Reflect.get(found, key) : undefined;
    }
    return found;
  }

  #object(schema: Schema, depth: number): unknown {
    const properties = isSchema(schema["properties"]) ? schema["properties"] : {};
    const required: readonly unknown[] = Array.isArray(schema["required"]) ? schema["required"] : [];
    const entries = Object.entries(properties)
      .filter(([key]) => required.includes(key) || (depth < deepest && this.#isWanted()))
      .map(([key, member]) => [key, this.sample(member, depth + 1)] as const);
    const rest = schema["additionalProperties"];
    const isMap =
      isSchema(rest) || rest === true || (rest === undefined && Object.keys(properties).length === 0);
    if (isMap && depth < deepest && this.#isWanted()) {
      for (const key of ["k", "a b", "$x"]) entries.push([key, this.sample(rest ?? {}, depth + 1)]);
    }
    return Object.fromEntries(entries);
  }

  #array(schema: Schema, depth: number): unknown {
    const least = Number(schema["minItems"] ?? 0);
    const wanted = depth < deepest && this.#isWanted() ? Math.max(least, 1) : least;
    const length = Math.min(wanted, 20, Number(schema["maxItems"] ?? Infinity));
    return Array.from({ length }, () => this.sample(schema["items"] ?? {}, depth + 1));
  }

  #number({ minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf = 1 }: Schema): number {
    const low =
      typeof minimum === "number" ? minimum : typeof exclusiveMinimum === "number" ? exclusiveMinimum + 1 : 0;
    const high =
      typeof maximum === "number"
        ? maximum
        : typeof exclusiveMaximum === "number"
          ? exclusiveMaximum - 1
          : low + 7;
    return this.#variant % 2 === 0 ? low : Math.floor(high / Number(multipleOf)) * Number(multipleOf);
  }

  #text({ format, minLength = 0, maxLength = Infinity }: Schema): string {
    const text = textsByFormat[String(format)] ?? this.#pick(["some text", "", '{"a": 1}', "null", "Ä"]);
    return String(text).padEnd(Number(minLength), "x").slice(0, Number(maxLength));
  }

  #isWanted(): boolean {
    return this.#variant === 1 || (this.#variant > 1 && this.#chance());
  }

  #chance(): boolean {
    return this.#next() % 2 === 0;
  }

  #pick(values: readonly unknown[]): unknown {
    return this.#variant === 0 ? values[0] : values[this.#next() % values.length];
  }

  /** The same numbers each time. */
  #next(): number {
    this.#count += 1;
    return (this.#count * 2_654_435_761 + this.#variant * 40_503) >>> 8;
  }
}

function join(one: Schema, other: Schema): Schema {
  const both = (key: string): object => ({ ...(one[key] as object), ...(other[key] as object) });
  const lists = (key: string): unknown[] => [
    ...((one[key] ?? []) as unknown[]),
    ...((other[key] ?? []) as unknown[]),
  ];
  return {
    ...one,
    ...other,
    ...((isSchema(one["properties"]) || isSchema(other["properties"])) && { properties: both("properties") }),
    ...((Array.isArray(one["required"]) || Array.isArray(other["required"])) && {
      required: lists("required"),
    }),
  };
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
