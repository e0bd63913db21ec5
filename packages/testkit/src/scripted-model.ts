export { recordReceivedBytes } from "./scripted-model/received-bytes.ts";
export type { ScriptedModelCard, ScriptedModelOptions } from "./scripted-model/options.ts";
export {
  type ReceivedFile,
  type Script,
  type ScriptedAnswer,
  type ScriptedCall,
  type ScriptedResult,
  type ScriptState,
  type ScriptStep,
} from "./scripted-model/script.ts";
export { startScriptedModel, type RecordedRequest, type ScriptedModel } from "./scripted-model/server.ts";
