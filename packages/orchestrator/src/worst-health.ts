import {
  resolveCapability,
  SupportsHealthcheck,
  type CallContext,
  type Health,
  type MCSToolDriver,
} from "@mcs/core";
import { untilGivenUp } from "@mcs/kit";

const severity: readonly Health["status"][] = ["OK", "UNKNOWN", "WARNING", "ERROR"];

/** How long an answer is waited for where the caller sets no deadline, in milliseconds. */
const healthMs = 10_000;

/** Asks the first level and reports the worst. A driver that offers no healthcheck has no say. */
export async function worstHealth(
  drivers: readonly (readonly [label: string, driver: MCSToolDriver])[],
  context: CallContext,
): Promise<Health> {
  const asked = await Promise.all(
    drivers.flatMap(([label, driver]) => {
      const health = resolveCapability(driver, SupportsHealthcheck);
      return health === undefined ? [] : [ask(label, health, context)];
    }),
  );
  const status = asked.reduce<Health["status"] | undefined>((worst, { health }) => {
    return worst !== undefined && severity.indexOf(worst) >= severity.indexOf(health.status)
      ? worst
      : health.status;
  }, undefined);
  if (status === undefined) return { status: "UNKNOWN", detail: "No driver offers a healthcheck." };
  const details = asked
    .filter(({ health }) => health.status !== "OK")
    .map(({ label, health }) => `${label}: ${health.detail ?? health.status}`);
  return { status, ...(details.length > 0 && { detail: details.join("; ") }) };
}

async function ask(
  label: string,
  health: SupportsHealthcheck,
  context: CallContext,
): Promise<{ readonly label: string; readonly health: Health }> {
  try {
    const given = await untilGivenUp(() => health.healthcheck(context), { deadline: healthMs, ...context });
    if (severity.includes(given.status)) return { label, health: given };
  } catch {
    // Foreign drivers may throw anything, or give nothing.
  }
  return { label, health: { status: "ERROR", detail: "its healthcheck failed" } };
}
