import { consentDecorator } from "@mcs/consent";
import { MCSError, type HybridDriver, type StorePort } from "@mcs/core";
import { BaseDriver, createToolDriver, defineTool } from "@mcs/kit";
import { showFiles, storeFile } from "@mcs/kit/store";
import * as z from "zod";

/** A picture of one pixel. */
export const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const wall = z.strictObject({ wall: z.int().describe("Number of the wall") });

/** Tools that succeed, fail, are denied, give a picture and give nothing at all. */
export class WallDriver extends BaseDriver {
  constructor(store: StorePort) {
    const toolDriver = createToolDriver({
      meta: {
        id: "5b0c1f5e-1a39-4f0f-9d0e-6f6c5a7d2b11",
        name: "walls",
        version: "1.0.0",
        bindings: [{ capability: "wall", adapter: "*", specFormat: "Custom" }],
      },
      tools: [
        defineTool({
          name: "wall_list",
          description: "List the walls.",
          annotations: { readOnly: true },
          parameters: z.strictObject({}),
          execute: () => [{ wall: 7, colour: "ochre" }, { wall: 9 }],
        }),
        defineTool({
          name: "wall_wipe",
          description: "Wipe a wall; says nothing.",
          parameters: wall,
          execute: () => "",
        }),
        defineTool({
          name: "wall_drill",
          description: "Drill a hole into a wall.",
          parameters: wall,
          execute: () => {
            throw new MCSError("MCS_REMOTE", "The drill is broken.", { status: 503 });
          },
        }),
        defineTool({
          name: "wall_paint",
          description: "Paint a wall.",
          parameters: wall,
          execute: () => "painted",
        }),
        defineTool({
          name: "wall_photo",
          description: "Take a picture of a wall.",
          annotations: { readOnly: true },
          parameters: wall,
          async execute({ wall: number }) {
            const bytes = new Uint8Array(Buffer.from(pixel, "base64"));
            return storeFile(store, bytes, { mediaType: "image/png", source: `wall ${number}` });
          },
        }),
      ],
    });
    super({ toolDriver: askAboutPaint(toolDriver), showFiles: showFiles(store) });
  }
}

function askAboutPaint(inner: Parameters<typeof consentDecorator>[0]): HybridDriver {
  return consentDecorator(inner, {
    when: ({ name }) => name === "wall_paint",
    ask: async () => ({ kind: "deny", reason: "not today" }),
  });
}
