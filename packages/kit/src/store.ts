export { memoryStore, type MemoryStoreOptions } from "./memory-store.ts";
export { showFiles, type ShowFiles, type ShowFilesOptions } from "./show-files.ts";
export { storeFile, type FileDescription } from "./store-file.ts";
