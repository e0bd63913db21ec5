import { MCSError } from "@mcs/core";

/**
 * For programs without types.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG` that names the first option which is missing.
 */
export function requireOptions<Options extends object>(
  of: string,
  options: Options,
  names: readonly (keyof Options & string)[],
): void {
  const given: Partial<Options> | null | undefined = options;
  const missing = names.find((name) => (given?.[name] ?? undefined) === undefined);
  if (missing !== undefined) throw new MCSError("MCS_INVALID_CONFIG", `${of} needs the option "${missing}".`);
}
