import { own, ownText } from "../own.ts";
import type { StreamReader } from "./stream-reader.ts";

interface Input {
  readonly payload: object;
  text: string;
}

/** Mastra: chunks with a `payload`; a call is a chunk of its own once its arguments are whole. */
export const mastraStream: StreamReader = {
  name: "mastra",
  claims: (event) => typeof own(event, "payload") === "object" && ownText(event, "type") !== undefined,
  start() {
    const chunks: unknown[] = [];
    const inputs = new Map<string, Input>();
    return {
      add(event) {
        const payload = own(event, "payload");
        const id = ownText(payload, "toolCallId") ?? "";
        switch (own(event, "type")) {
          case "tool-call-input-streaming-start":
            inputs.set(id, { payload: { toolCallId: id, toolName: ownText(payload, "toolName") }, text: "" });
            return "";
          case "tool-call-delta": {
            const input = inputs.get(id);
            if (input !== undefined) input.text += ownText(payload, "argsTextDelta") ?? "";
            return "";
          }
          case "tool-call":
            inputs.delete(id);
            chunks.push(event);
            return "";
          case "text-delta":
            chunks.push(event);
            return ownText(payload, "text") ?? "";
          case "finish":
          case "reasoning-start":
          case "reasoning-delta":
          case "reasoning-end":
            chunks.push(event);
            return "";
          default:
            return "";
        }
      },
      answer: () => [...chunks, ...[...inputs.values()].map(openCall)],
      isCut: () => inputs.size > 0,
    };
  },
};

function openCall({ payload, text }: Input): object {
  return { type: "tool-call", payload: { ...payload, args: text } };
}
