export { memoryStore, type MemoryStoreOptions } from "./memory-store.ts";
export { storeFile, type FileDescription } from "./store-file.ts";
