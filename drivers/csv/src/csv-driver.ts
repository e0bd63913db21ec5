import type { MCSToolDriver } from "@mcs/core";
import { BaseDriver, createToolDriver } from "@mcs/kit";
import { parseConfig } from "@mcs/kit/config";
import { CsvConfig } from "./config.ts";
import { csvTools } from "./csv-tools.ts";
import { localFiles } from "./local-files.ts";
import { csvMeta } from "./meta.ts";
import type { CsvPorts } from "./ports.ts";

/**
 * The tools alone, for programs without a model.
 *
 * @throws {MCSError} `MCS_INVALID_CONFIG`.
 */
export function createCsvToolDriver(config: CsvConfig = {}, ports: CsvPorts = {}): MCSToolDriver {
  const settings = parseConfig(CsvConfig, config);
  const files = ports.files ?? localFiles(settings.root);
  const { timeoutMs } = settings.limits;
  return createToolDriver({ meta: csvMeta, tools: csvTools(files, settings), timeoutMs }, ports);
}

/** Lets a model list, look into and filter the CSV files of one folder. It reads only. */
export class CsvDriver extends BaseDriver {
  /** @throws {MCSError} `MCS_INVALID_CONFIG`. */
  constructor(config: CsvConfig = {}, ports: CsvPorts = {}) {
    super({ toolDriver: createCsvToolDriver(config, ports) });
  }
}
