import type { JsonSchema, Tool, ToolParameter } from "@mcs/core";
import type { References } from "../document/reference.ts";
import type { PathTemplate } from "../request/path-template.ts";
import { mediaTypeSchema } from "../schema/body-schema.ts";
import type { SecurityRequirement } from "../security/security-requirement.ts";
import type { SchemaTranslator, TranslationRun } from "../schema/translate-schema.ts";
import { texts } from "../texts.ts";
import { annotate } from "./annotate.ts";
import { nameArguments, type Argument } from "./name-arguments.ts";
import { labelOf, type Operation, type OperationBody, type OperationEntry } from "./operation.ts";

/** A tool and all that is needed to call what is behind it. */
export interface OperationPlan {
  readonly tool: Tool;
  readonly entry: OperationEntry;
  readonly template: PathTemplate;
  readonly arguments: readonly Argument[];
  /** Alternatives of credentials; none: nothing is to be sent. */
  readonly security: readonly SecurityRequirement[];
  readonly body?: OperationBody;
  /** Header for the call's idempotency key. */
  readonly idempotencyHeader?: string;
  /** What each media type takes as `body`, by its name; empty where all take the same, so that the tool's schema says it all. */
  readonly bodySchemas: ReadonlyMap<string, JsonSchema>;
}

export interface PlanContext {
  readonly security: readonly SecurityRequirement[];
  readonly idempotencyHeader: string | undefined;
  readonly references: References;
  readonly translator: SchemaTranslator;
  readonly run: TranslationRun;
}

/** Describes an operation as a tool. */
export function planOperation(
  name: string,
  entry: OperationEntry,
  template: PathTemplate,
  operation: Operation,
  context: PlanContext,
): OperationPlan {
  const names = nameArguments(operation);
  const bodies = bodySchemasOf(operation, context);
  const parameters = names.map((argument) => describeArgument(argument, operation, bodies, context));
  const $defs = context.translator.definitions(context.run.uses);
  const tool: Tool = {
    name,
    ...describeTool(entry, operation),
    parameters,
    ...($defs !== undefined && { $defs }),
    annotations: annotate(entry.method),
  };
  const { body } = operation;
  const bodySchemas = distinct(bodies).length > 1 ? bodies : new Map<string, JsonSchema>();
  const { security, idempotencyHeader } = context;
  return {
    tool,
    entry,
    template,
    arguments: names,
    security,
    ...(body !== undefined && { body }),
    ...(idempotencyHeader !== undefined && { idempotencyHeader }),
    bodySchemas,
  };
}

function bodySchemasOf(
  { body }: Operation,
  { references, translator, run }: PlanContext,
): Map<string, JsonSchema> {
  const mediaTypes = body?.mediaTypes ?? [];
  return new Map(mediaTypes.map((type) => [type.name, mediaTypeSchema(type, references, translator, run)]));
}

function distinct(schemas: ReadonlyMap<string, JsonSchema>): JsonSchema[] {
  return [...new Map([...schemas.values()].map((schema) => [JSON.stringify(schema), schema])).values()];
}

function describeTool(entry: OperationEntry, operation: Operation): Pick<Tool, "title" | "description"> {
  const { title, deprecated } = operation;
  const text = operation.description ?? title ?? labelOf(entry);
  return {
    ...(title !== undefined && { title }),
    description: deprecated ? `${texts.deprecated} ${text}` : text,
  };
}

function describeArgument(
  argument: Argument,
  { body }: Operation,
  bodies: ReadonlyMap<string, JsonSchema>,
  context: PlanContext,
): ToolParameter {
  const { name } = argument;
  if (argument.kind === "parameter") {
    const { description, required, schema } = argument.parameter;
    return {
      name,
      required,
      ...withDescription(description, context.translator.translate(schema, context.run)),
    };
  }
  const { required, description, mediaTypes } = body as OperationBody;
  if (argument.kind === "mediaType") {
    const names = mediaTypes.map((mediaType) => mediaType.name);
    return {
      name,
      required: false,
      description: texts.mediaType(names),
      schema: { type: "string", enum: names },
    };
  }
  const schemas = distinct(bodies);
  const schema = schemas.length === 1 ? (schemas[0] as JsonSchema) : { anyOf: schemas };
  return { name, required, ...withDescription(description || texts.body, schema) };
}

/** A description inside the schema speaks for the argument where the document gives none beside it. */
function withDescription(
  description: string,
  schema: JsonSchema,
): Pick<ToolParameter, "description" | "schema"> {
  if (typeof schema === "boolean" || typeof schema.description !== "string") return { description, schema };
  const { description: own, ...rest } = schema;
  return { description: description === "" ? own : description, schema: rest };
}
