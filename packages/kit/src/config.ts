export { environmentCredential, resolveCredential, sealCredential } from "./credential.ts";
export { parseConfig, type ParseConfigOptions } from "./parse-config.ts";
