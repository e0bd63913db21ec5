import type { CallContext } from "@mcs/core";
import type { Scrubber } from "@mcs/secrets";

/** Characters of earlier reports that are read again with the next one, which may go on with a secret. */
const kept = 4096;

/** What a tool reports of a long call leaves the driver, too. */
export function scrubProgress(context: CallContext, scrubber: Scrubber): CallContext {
  const { onProgress } = context;
  if (onProgress === undefined) return context;
  let before = "";
  return {
    ...context,
    onProgress(progress) {
      const { message, ...rest } = progress;
      if (message === undefined) return onProgress(scrubber.value(rest));
      const [, scrubbed] = scrubber.value<[string, string]>([before, message]);
      before = `${before}${message}`.slice(-kept);
      onProgress({ ...scrubber.value(rest), message: scrubbed });
    },
  };
}
