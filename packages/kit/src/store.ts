export { memoryStore, type MemoryStoreOptions } from "./memory-store.ts";
export { showFiles, type ShowFiles, type ShowFilesOptions } from "./show-files.ts";
export {
  readFile,
  storeFile,
  type FileDescription,
  type StoredFile,
  type StoreFileOptions,
} from "./store-file.ts";
export { sha256 } from "./sha256.ts";
