export { createResultTools, type ResultTools, type ResultToolsOptions } from "./results/result-tools.ts";
