import type { ApiDocument } from "../document/api-document.ts";
import { entriesOf, isObject, own, textOf, type JsonObject } from "../json.ts";

/** How a credential of a scheme is sent. */
export type SecurityScheme =
  | { readonly kind: "apiKey"; readonly in: "header" | "query" | "cookie"; readonly name: string }
  | { readonly kind: "bearer"; readonly tokens?: TokenSource }
  | { readonly kind: "basic" }
  | { readonly kind: "unsupported"; readonly reason: string };

/** Where clients get tokens, as the document says. */
export type TokenSource = { readonly tokenUrl: string } | { readonly issuer: string };

/** Every scheme of a document by its name. OpenAPI 3.2, Security Scheme Object; Swagger 2.0, Security Scheme Object */
export function readSecuritySchemes({
  root,
  version,
  references,
}: ApiDocument): ReadonlyMap<string, SecurityScheme> {
  const components = isObject(root["components"]) ? root["components"] : {};
  const declared = version === "2.0" ? root["securityDefinitions"] : own(components, "securitySchemes");
  return new Map(
    entriesOf(declared).flatMap(([name, value]): [string, SecurityScheme][] => {
      const source = references.follow(value);
      return isObject(source) ? [[name, toScheme(source)]] : [];
    }),
  );
}

/** Whether a credential of the scheme is what that parameter would carry. */
export function suppliesParameter(scheme: SecurityScheme, location: string, name: string): boolean {
  if (scheme.kind !== "apiKey" || scheme.in !== location) return false;
  return location === "header" ? scheme.name.toLowerCase() === name.toLowerCase() : scheme.name === name;
}

function toScheme(source: JsonObject): SecurityScheme {
  switch (source["type"]) {
    case "apiKey":
      return toApiKey(source);
    case "http":
      return toHttpScheme(textOf(source["scheme"])?.toLowerCase());
    case "basic":
      return { kind: "basic" };
    case "oauth2":
      return toBearer("tokenUrl", clientFlow(source)["tokenUrl"]);
    case "openIdConnect":
      return toBearer("issuer", issuerOf(textOf(source["openIdConnectUrl"])));
    default:
      return {
        kind: "unsupported",
        reason: `its type is ${nameOf(source["type"])}`,
      };
  }
}

/** OpenAPI 3, OAuth Flows Object; Swagger 2.0 has one flow, in the scheme itself. */
function clientFlow(source: JsonObject): JsonObject {
  if (source["flow"] === "application") return source;
  const flows = isObject(source["flows"]) ? source["flows"] : {};
  const flow = own(flows, "clientCredentials");
  return isObject(flow) ? flow : {};
}

function issuerOf(url: string | undefined): string | undefined {
  const wellKnown = "/.well-known/openid-configuration";
  return url?.endsWith(wellKnown) === true ? url.slice(0, -wellKnown.length) : url;
}

function toBearer(name: "tokenUrl" | "issuer", url: unknown): SecurityScheme {
  const parsed = typeof url === "string" ? URL.parse(url) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return { kind: "bearer" };
  const tokens = name === "issuer" ? { issuer: String(url) } : { tokenUrl: parsed.href };
  return { kind: "bearer", tokens };
}

function toApiKey(source: JsonObject): SecurityScheme {
  const { in: place } = source;
  const name = textOf(source["name"]);
  if (name === undefined || (place !== "header" && place !== "query" && place !== "cookie")) {
    return { kind: "unsupported", reason: "it does not say where the API key goes" };
  }
  return { kind: "apiKey", in: place, name };
}

function toHttpScheme(scheme: string | undefined): SecurityScheme {
  if (scheme === "bearer" || scheme === "basic") return { kind: scheme };
  return { kind: "unsupported", reason: `its HTTP scheme is ${nameOf(scheme)}` };
}

function nameOf(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : "not given as text";
}
