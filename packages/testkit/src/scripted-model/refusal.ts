/** Body of a refusal. OpenAI API reference, "Error codes". */
interface RefusalBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
}

/** A request that an API would refuse, with the answer it would give. */
export class ApiRefusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly body: object;
  /** The rule that was broken, where the API has a table of them. */
  readonly rule: string | undefined;

  constructor(status: number, message: string, body: object, rule?: string) {
    super(message);
    this.status = status;
    this.body = body;
    this.rule = rule;
  }
}

/** A request that the chat completions API would refuse. */
export class Refusal extends ApiRefusal {
  constructor(status: number, message: string, param: string | null, code: string | null) {
    const body: RefusalBody = { error: { message, type: "invalid_request_error", param, code } };
    super(status, message, body);
  }
}

/** The refusals that differ only in the parameter at fault; wordings and codes are the API's own. */
export function missingParameter(path: string): Refusal {
  return new Refusal(400, `Missing required parameter: '${path}'.`, path, "missing_required_parameter");
}

export function unknownParameter(path: string): Refusal {
  return new Refusal(400, `Unknown parameter: '${path}'.`, path, "unknown_parameter");
}

export function invalidType(path: string, expected: string, value: unknown): Refusal {
  const message = `Invalid type for '${path}': expected ${expected}, but got ${describeType(value)} instead.`;
  return new Refusal(400, message, path, "invalid_type");
}

export function invalidValue(path: string, value: string, supported: readonly string[]): Refusal {
  const message = `Invalid value: '${value}'. Supported values are: ${listInWords(supported)}.`;
  return new Refusal(400, message, path, "invalid_value");
}

export function emptyArray(path: string): Refusal {
  const message = `Invalid '${path}': empty array. Expected an array with minimum length 1, but got an empty array instead.`;
  return new Refusal(400, message, path, "empty_array");
}

export function aboveMaximum(
  path: string,
  kind: "array" | "string",
  maximum: number,
  length: number,
): Refusal {
  const article = kind === "array" ? "an array" : "a string";
  const message = `Invalid '${path}': ${kind} too long. Expected ${article} with maximum length ${maximum}, but got ${article} with length ${length} instead.`;
  return new Refusal(400, message, path, `${kind}_above_max_length`);
}

function describeType(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "number") return Number.isInteger(value) ? "an integer" : "a decimal";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function listInWords(values: readonly string[]): string {
  const quoted = values.map((value) => `'${value}'`);
  if (quoted.length === 1) return quoted.join("");
  return `${quoted.slice(0, -1).join(", ")}${quoted.length > 2 ? "," : ""} and ${quoted.at(-1)}`;
}
