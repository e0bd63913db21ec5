export { describeTools, writeNativeSystemMessage, writeSystemMessage } from "./describe-tools.ts";
