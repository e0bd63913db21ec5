import type { DiagnosticCode } from "../native-tools.ts";

/** What a diagnostic says about a schema, for people. */
export const lossTexts: Readonly<Record<DiagnosticCode, (what: string) => string>> = {
  assumed_type: (type) => `No type is given, and taken to be ${type}.`,
  closed_object: () => "Properties that are not named cannot be given.",
  cut_nesting: () => "Deeper levels than the provider takes are written as JSON text or left undescribed.",
  cut_recursion: () =>
    "A form that contains itself is written as JSON text or left undescribed from its second level on.",
  dropped_keyword: (keyword) => `The provider does not take ${keyword}; the description says it.`,
  duplicate_name: () => "Another tool has this name too.",
  illegal_name: () => "There is no name.",
  invalid_keyword: (keyword) => `${keyword} is not valid JSON Schema 2020-12 there, and was removed.`,
  json_text: () => "A value of any form is written as JSON text.",
  long_description: () =>
    "The description is longer than the provider takes; its end stands with the arguments.",
  long_enum: () => "There are more values than the provider takes; the description names them.",
  merged_forms: () => "Alternatives were merged into one object; the description says what belongs together.",
  renamed_property: (names) => `The property is called ${names} with this provider.`,
  renamed_tool: (names) => `The tool is called ${names} with this provider.`,
  too_large: () => "The schema is too large for this provider.",
  too_many_tools: () => "There are more tools than the provider takes.",
  unusable_schema: (reason) => `The schema cannot be expressed: ${reason}`,
};

/** What a description says, to the model, where the schema itself cannot. `{value}` is the keyword's value. */
export const keywordTexts: Readonly<Record<string, string>> = {
  default: "Default: {value}.",
  deprecated: "Deprecated.",
  exclusiveMaximum: "Less than {value}.",
  exclusiveMinimum: "More than {value}.",
  format: "Format: {value}.",
  maxItems: "At most {value} items.",
  maxLength: "At most {value} characters.",
  maxProperties: "At most {value} properties.",
  maximum: "At most {value}.",
  minItems: "At least {value} items.",
  minLength: "At least {value} characters.",
  minProperties: "At least {value} properties.",
  minimum: "At least {value}.",
  multipleOf: "A multiple of {value}.",
  pattern: "Pattern: {value}",
  uniqueItems: "No item twice.",
};

/** The same for whatever has no sentence of its own. */
export const otherKeywordText = "JSON Schema {keyword}: {value}";

/** What stands in for a value that is too long for a description. */
export const omittedText = "(too long to show)";

/** How values are written that a provider does not take as they are. */
export const formTexts = {
  jsonText: "Written as JSON text: {sketch}",
  jsonAny: "any JSON value",
  jsonObject: "an object with any properties",
  openForm: "Form: {sketch}",
  pairs: "A list of key and value, each key once.",
  key: "The key.",
  keyPattern: "Keys match {pattern}.",
  rest: "Further properties.",
  restName: "further_properties",
  wrappedNull: 'null to leave it out; {"value": null} for null itself.',
  wrappedForms: "Its one key says which form the value has.",
  formName: "form",
  forms: "Give the properties of one of these: {forms}.",
  enumLabels: "Means: {labels}.",
  values: "One of: {values}.",
  onlyNull: "Always null.",
  items: "Items in this order: {sketch}",
  map: "Values of any keys: {sketch}",
  originalName: "Called {name} in the service.",
} as const;
