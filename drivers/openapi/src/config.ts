import { isReservedHeader, tokenPattern } from "@mcs/adapter-http";
import * as z from "zod";
import { isOrigin, isWebUrl } from "./origins.ts";

/**
 * The credential for one security scheme: the value alone (for `basic`: `user:password`), or an object that fits the
 * scheme. Every string may be a reference: `env:NAME`, `file:PATH`.
 */
export type CredentialConfig =
  | string
  | ({ readonly origin?: string | undefined } & (
      | { readonly apiKey: string }
      | { readonly token: string }
      | { readonly username: string; readonly password: string }
      | {
          readonly clientId: string;
          readonly clientSecret: string;
          /** For operations that name none. */
          readonly scopes?: readonly string[] | undefined;
          /** Where the secret is exchanged for a token. Default: what the document says, if that is an allowed origin. */
          readonly tokenUrl?: string | undefined;
          /** How the secret is sent: in the body, or as a login. Default `client_secret_post`. */
          readonly authentication?: "client_secret_basic" | "client_secret_post" | undefined;
        }
    ));

/** Picks operations: every field given has to fit. `*` stands for any text. */
export interface OperationFilter {
  /** The document's id, or the tool's name. */
  readonly operationId?: string | undefined;
  readonly tag?: string | undefined;
  /** As the document writes it: `/pets/{petId}`, `/pets/*`. */
  readonly path?: string | undefined;
  /** In any case: `get`. */
  readonly method?: string | undefined;
}

/** What an {@link OpenApiDriver} is made from. Plain data, so that it can be stored, checked and shown as a form. */
export interface OpenApiConfig {
  /** URL, file path, JSON or YAML text, or a parsed document. OpenAPI 3.0, 3.1 or 3.2, or Swagger 2.0. */
  readonly spec: string | Readonly<Record<string, unknown>>;
  /** URL that relative servers are resolved against when `spec` is not a URL. */
  readonly specUrl?: string | undefined;
  /** Takes the place of the document's servers: a URL, or other values for their variables. */
  readonly server?:
    | string
    | { readonly url?: string | undefined; readonly variables?: Readonly<Record<string, string>> | undefined }
    | undefined;
  /** Origins that requests may go to, beside the document's own and `server`'s: `https://api.example.com`. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /**
   * By name of the security scheme. A scheme without an entry takes `MCS_OPENAPI_<SCHEME>` (upper case, other
   * characters as `_`) from the environment. Each is sent to its `origin` only; default: the server's origin.
   */
  readonly credentials?: Readonly<Record<string, CredentialConfig>> | undefined;
  /**
   * Header in which the API takes idempotency keys: `Idempotency-Key`. Writing calls then carry one. Default: a header of
   * such a name that the document declares for the operation.
   */
  readonly idempotencyHeader?: string | undefined;
  /** Offer only operations that one of these fits. Default: all. */
  readonly include?: readonly OperationFilter[] | undefined;
  /** Do not offer operations that one of these fits. */
  readonly exclude?: readonly OperationFilter[] | undefined;
  readonly limits?:
    | {
        /** Milliseconds for a call, and for loading the document. Default 60,000. */
        readonly timeoutMs?: number | undefined;
        /** Decoded bytes of an answer. Default 10,000,000. */
        readonly responseBytes?: number | undefined;
        /** Bytes of the document. Default 128,000,000. */
        readonly documentBytes?: number | undefined;
      }
    | undefined;
}

const webUrl = z.string().refine(isWebUrl, "must be an http or https URL without user name and password");
const origin = z
  .string()
  .refine(isOrigin, 'must be an origin such as "https://api.example.com", without a path');
const text = z.string().min(1);

/** Where credentials stand in an {@link OpenApiConfig}. */
export const openApiCredentials: readonly string[] = [
  "credentials.*",
  ...["apiKey", "token", "username", "password", "clientId", "clientSecret"].map(
    (key) => `credentials.*.${key}`,
  ),
];

const credential = z.union(
  [
    text,
    z.strictObject({ apiKey: text, origin: origin.optional() }),
    z.strictObject({ token: text, origin: origin.optional() }),
    z.strictObject({ username: text, password: z.string(), origin: origin.optional() }),
    z.strictObject({
      clientId: text,
      clientSecret: text,
      scopes: z.array(text).optional(),
      tokenUrl: z.url({ protocol: /^https?$/ }).optional(),
      authentication: z.enum(["client_secret_basic", "client_secret_post"]).optional(),
      origin: origin.optional(),
    }),
  ],
  "must be the value as a string, or one of { apiKey }, { token }, { username, password } and { clientId, clientSecret, scopes? }, each with an optional origin",
);

const filter = z
  .strictObject({
    operationId: text.optional(),
    tag: text.optional(),
    path: text.optional(),
    method: text.optional(),
  })
  .refine(
    (fields) => Object.values(fields).some((field) => field !== undefined),
    "must have at least one field",
  );

const serverOverride = z.strictObject({
  url: text.optional(),
  variables: z.record(z.string(), z.string()).optional(),
});

export const OpenApiConfig: z.ZodType<OpenApiConfig, OpenApiConfig> = z.strictObject({
  spec: z
    .union(
      [text, z.record(z.string(), z.unknown())],
      "must be a URL, a file path, a text or a parsed document",
    )
    .describe("OpenAPI document: URL, file path, JSON or YAML text, or parsed document"),
  specUrl: webUrl.optional().describe("URL that relative servers are resolved against"),
  server: z
    .union([webUrl, serverOverride], "must be a URL, or { url?, variables? }")
    .optional()
    .describe("Takes the place of the document's servers"),
  allowedOrigins: z.array(origin).optional().describe("Further origins that requests may go to"),
  credentials: z.record(z.string(), credential).optional().describe("By name of the security scheme"),
  idempotencyHeader: z
    .string()
    .refine(
      (name) => tokenPattern.test(name) && !isReservedHeader(name),
      "must be a header that a call may set",
    )
    .optional()
    .describe("Header for idempotency keys"),
  include: z.array(filter).optional().describe("Offer only these operations"),
  exclude: z.array(filter).optional().describe("Do not offer these operations"),
  limits: z
    .strictObject({
      timeoutMs: z.int().min(1).max(2_147_483_647).optional(),
      responseBytes: z.int().min(1).optional(),
      documentBytes: z.int().min(1).optional(),
    })
    .optional(),
});
