import type { ShownFile } from "../shown-result.ts";

/** The images that nearly every provider takes. */
export const imageTypes: readonly string[] = ["image/png", "image/jpeg", "image/webp", "image/gif"];
export const pdf = "application/pdf";

export function isImage({ mediaType }: ShownFile): boolean {
  return mediaType.startsWith("image/");
}

export function toDataUrl({ mediaType, data }: ShownFile): string {
  return `data:${mediaType};base64,${data}`;
}

/** A name for a document where an API wants one: neutral, because a real one comes from outside and is read by the model. */
export function documentName(index: number): string {
  return `file-${index + 1}.pdf`;
}
