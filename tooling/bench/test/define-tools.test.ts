import { expect, test } from "vitest";
import { measureTypes } from "../src/define-tools/measure-types.ts";

test(
  "five hundred tools cost the compiler what they cost alone, and less than 300 MB",
  { timeout: 60_000 },
  async () => {
    const one = await measureTypes(1);
    const many = await measureTypes(500);
    expect((many.instantiations - one.instantiations) / 499).toBeLessThan(1_200);
    expect((many.types - one.types) / 499).toBeLessThan(400);
    expect(many.memory).toBeLessThan(300_000_000);
  },
);
