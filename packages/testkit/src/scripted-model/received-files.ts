import { isRecord } from "./json.ts";
import type { ReceivedFile } from "./script.ts";

const dataUrl = /^data:([\w.+-]+\/[\w.+-]+);base64,(.*)$/s;

/** The first bytes of what may come without a media type, in base64. */
const magic: readonly (readonly [start: string, mediaType: string])[] = [
  ["iVBOR", "image/png"],
  ["/9j/", "image/jpeg"],
  ["UklGR", "image/webp"],
  ["R0lG", "image/gif"],
];

/**
 * Every file in a request, whatever the API: a data URL, `data` in base64 beside its media type, or a list of `images`.
 * Oldest first.
 */
export function receivedFiles(value: unknown): ReceivedFile[] {
  if (typeof value === "string") {
    const [, mediaType, data] = dataUrl.exec(value) ?? [];
    return mediaType === undefined || data === undefined ? [] : [{ mediaType, data }];
  }
  if (Array.isArray(value)) return value.flatMap(receivedFiles);
  if (!isRecord(value)) return [];
  const { data } = value;
  const mediaType = value["mimeType"] ?? value["mime_type"] ?? value["media_type"];
  if (typeof data === "string" && typeof mediaType === "string") return [{ mediaType, data }];
  return Object.entries(value).flatMap(([key, member]) =>
    key === "images" && Array.isArray(member) ? member.flatMap(bareImage) : receivedFiles(member),
  );
}

function bareImage(data: unknown): ReceivedFile[] {
  if (typeof data !== "string") return [];
  const [, mediaType = "application/octet-stream"] = magic.find(([start]) => data.startsWith(start)) ?? [];
  return [{ mediaType, data }];
}
