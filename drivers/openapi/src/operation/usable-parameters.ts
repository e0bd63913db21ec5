import { isReservedHeader, tokenPattern } from "@mcs/adapter-http";
import { OperationFault, type Report } from "../diagnostics.ts";
import type { PathTemplate } from "../request/path-template.ts";
import { suppliesParameter, type SecurityScheme } from "../security/security-scheme.ts";
import { labelOf, type OperationEntry, type OperationParameter } from "./operation.ts";

/** OpenAPI 3.2, Parameter Object, `name`: "the parameter definition SHALL be ignored". */
const ignoredHeaders = new Set(["accept", "content-type", "authorization"]);

/**
 * The parameters that a caller can give: without headers that are not a caller's to set, without what a credential of
 * the operation supplies, and with exactly the path parameters that the path has places for.
 *
 * @param supplied - Schemes that the operation may be called with.
 * @param idempotencyHeader - What the driver supplies itself.
 */
export function usableParameters(
  parameters: readonly OperationParameter[],
  template: PathTemplate,
  supplied: readonly SecurityScheme[],
  idempotencyHeader: string | undefined,
  entry: OperationEntry,
  report: Report,
): OperationParameter[] {
  const operation = labelOf(entry);
  const usable = parameters.filter((parameter) => {
    const { location, name, required } = parameter;
    if (location === "header" && ignoredHeaders.has(name.toLowerCase())) return false;
    if (location === "header" && name.toLowerCase() === idempotencyHeader?.toLowerCase()) return false;
    const fault = faultOf(parameter, template, supplied);
    if (fault === undefined) return true;
    if (fault.costs && required) throw new OperationFault(`Parameter "${name}" ${fault.text}.`);
    report({ effect: "left-out", operation, message: `Parameter "${name}" ${fault.text}.` });
    return false;
  });
  const declared = new Set(usable.filter(({ location }) => location === "path").map(({ name }) => name));
  const missing = [...new Set(template.names)].filter((name) => !declared.has(name));
  for (const name of missing) {
    report({
      effect: "repaired",
      operation,
      message: `The path parameter "${name}" is not declared; it takes any text.`,
    });
  }
  return [...missing.map(textInPath), ...usable];
}

interface ParameterFault {
  readonly text: string;
  /** The operation cannot be called without it. */
  readonly costs: boolean;
}

function faultOf(
  { location, name }: OperationParameter,
  template: PathTemplate,
  supplied: readonly SecurityScheme[],
): ParameterFault | undefined {
  if (supplied.some((scheme) => suppliesParameter(scheme, location, name))) {
    return { text: "is supplied by a credential", costs: false };
  }
  if (location === "path" && !template.names.includes(name))
    return { text: "has no place in the path", costs: false };
  if (location !== "header") return undefined;
  if (isReservedHeader(name)) return { text: "is a header that no caller may set", costs: false };
  return tokenPattern.test(name) ? undefined : { text: "has a name that no header can have", costs: true };
}

function textInPath(name: string): OperationParameter {
  return {
    location: "path",
    name,
    required: true,
    description: "",
    schema: { type: "string" },
    serialization: { kind: "style", style: "simple", explode: false, allowReserved: false },
  };
}
