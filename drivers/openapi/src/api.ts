import type { CredentialProvider, Tool } from "@mcs/core";
import type { OpenApiConfig } from "./config.ts";
import { OperationFault, type OpenApiDiagnostic, type Report } from "./diagnostics.ts";
import type { ApiDocument } from "./document/api-document.ts";
import { idempotencyHeaderOf } from "./operation/idempotency-header.ts";
import { indexOperations } from "./operation/index-operations.ts";
import { nameOperations } from "./operation/name.ts";
import { labelOf, type OperationEntry } from "./operation/operation.ts";
import { planOperation, type OperationPlan } from "./operation/plan.ts";
import { readOpenApiOperation } from "./operation/read-openapi.ts";
import { readSwaggerOperation } from "./operation/read-swagger.ts";
import { createSelection } from "./operation/select-operations.ts";
import { usableBody } from "./operation/usable-body.ts";
import { usableParameters } from "./operation/usable-parameters.ts";
import { parsePathTemplate } from "./request/path-template.ts";
import { createSchemaTranslator, type SchemaTranslator } from "./schema/translate-schema.ts";
import { createAuthorizer, type Authorizer } from "./security/authorize.ts";
import type { ClientTokens } from "./security/client-tokens.ts";
import type { CredentialBook } from "./security/credential-book.ts";
import { securityRequirements, withRequiredParameters } from "./security/security-requirement.ts";
import { readSecuritySchemes, type SecurityScheme } from "./security/security-scheme.ts";
import { chooseServers, type ServerChoice } from "./server/server-choice.ts";

/** A document, made into tools and everything that calling them takes. */
export interface Api {
  readonly document: ApiDocument;
  /** By name of the tool. */
  readonly plans: ReadonlyMap<string, OperationPlan>;
  readonly tools: readonly Tool[];
  readonly diagnostics: readonly OpenApiDiagnostic[];
  readonly servers: ServerChoice;
  readonly authorizer: Authorizer;
}

/**
 * Makes tools of a document's operations. Names are given to all of them before any is left out, so that they do not
 * depend on what is selected. A faulty operation is left out, and the others work.
 */
export function buildApi(
  document: ApiDocument,
  config: OpenApiConfig,
  book: CredentialBook,
  provider: CredentialProvider | undefined,
  clientTokens: ClientTokens,
): Api {
  const diagnostics: OpenApiDiagnostic[] = [];
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  const entries = indexOperations(document, report);
  const names = nameOperations(entries);
  const isSelected = createSelection(config);
  const schemes = readSecuritySchemes(document);
  const planner = createPlanner(document, schemes, config.idempotencyHeader, report);
  const plans = new Map<string, OperationPlan>();
  for (const [index, entry] of entries.entries()) {
    const name = names[index] as string;
    const plan = isSelected(entry, name) ? planner(name, entry) : undefined;
    if (plan !== undefined) plans.set(name, plan);
  }
  for (const name of book.names.filter((known) => !schemes.has(known))) {
    report({
      effect: "left-out",
      message: `The credential "${name}" fits no security scheme of the document.`,
    });
  }
  const servers = chooseServers(document, entries, config);
  const { defaultOrigin } = servers;
  const allowedOrigins = servers.allowedOrigins.map(({ origin }) => origin);
  const authorizer = createAuthorizer({
    schemes,
    book,
    provider,
    defaultOrigin,
    clientTokens,
    allowedOrigins,
  });
  return {
    document,
    plans,
    tools: [...plans.values()].map(({ tool }) => tool),
    diagnostics,
    servers,
    authorizer,
  };
}

/** @returns What plans one operation; `undefined` for one that is faulty, which it reports. */
function createPlanner(
  document: ApiDocument,
  schemes: ReadonlyMap<string, SecurityScheme>,
  idempotencyHeader: string | undefined,
  report: Report,
): (name: string, entry: OperationEntry) => OperationPlan | undefined {
  const translator = createSchemaTranslator(document, report);
  return (name, entry) => {
    const found: OpenApiDiagnostic[] = [];
    try {
      const plan = toPlan(name, entry, {
        document,
        schemes,
        idempotencyHeader,
        translator,
        report: (fault) => found.push(fault),
      });
      for (const fault of found) report(fault);
      return plan;
    } catch (error) {
      // One operation of a document must not cost the others, whatever is wrong with it.
      const message = error instanceof OperationFault ? error.message : "The operation cannot be read.";
      report({ effect: "left-out", operation: labelOf(entry), message });
      return undefined;
    }
  };
}

interface PlannerContext {
  readonly document: ApiDocument;
  readonly schemes: ReadonlyMap<string, SecurityScheme>;
  /** As the operator names it. */
  readonly idempotencyHeader: string | undefined;
  readonly translator: SchemaTranslator;
  readonly report: Report;
}

function toPlan(name: string, entry: OperationEntry, context: PlannerContext): OperationPlan {
  const { document, schemes, translator, report } = context;
  const read = document.version === "2.0" ? readSwaggerOperation : readOpenApiOperation;
  const { body: declared, ...operation } = read(entry, document, report);
  const body = usableBody(declared, entry, report);
  const template = parsePathTemplate(entry.path);
  const security = withRequiredParameters(
    securityRequirements(entry, document),
    operation.parameters,
    schemes,
  );
  const supplied = security.flatMap((requirement) =>
    [...requirement.keys()].flatMap((scheme) => schemes.get(scheme) ?? []),
  );
  const idempotencyHeader = idempotencyHeaderOf(entry, operation.parameters, context.idempotencyHeader);
  const parameters = usableParameters(
    operation.parameters,
    template,
    supplied,
    idempotencyHeader,
    entry,
    report,
  );
  const run = {
    uses: new Set<string>(),
    report: (message: string): void => report({ effect: "repaired", operation: labelOf(entry), message }),
  };
  return planOperation(
    name,
    entry,
    template,
    { ...operation, parameters, ...(body !== undefined && { body }) },
    {
      security,
      idempotencyHeader,
      references: document.references,
      translator,
      run,
    },
  );
}
