import type { MCSToolDriver } from "@mcs/core";
import { describe, expect, test } from "vitest";
import { compareWorlds } from "./compare-worlds.ts";
import { scenariosOf, type LeakSubject } from "./leak-scenario.ts";
import { searchLeaks } from "./search-leaks.ts";
import { secretShapes } from "./secret-shapes.ts";

/**
 * Plants canaries in every credential of a driver, makes it do all that it can, and searches every way out for them,
 * whole or in part, whatever they are encoded in. Contract rule 14.
 *
 * The names of all channels searched are in the JSON report, as `meta.channels` of the last test.
 */
export function leakSuite<Driver extends MCSToolDriver>(name: string, subject: LeakSubject<Driver>): void {
  const { channels: wanted = 1 } = subject;
  const searched = new Set<string>();

  describe(`${name} leaks no secret`, () => {
    for (const scenario of scenariosOf(subject)) {
      const { name: situation, ends, shapes = secretShapes } = scenario;
      test.each(shapes.map((shape) => ({ shape })))(`${situation}, its secrets $shape`, async ({ shape }) => {
        const { surfaces, leaks, outcome } = await searchLeaks(scenario, shape);
        for (const surface of surfaces) searched.add(`${situation}: ${surface}`);
        // A connector may refuse to send other shapes; that no secret comes out then is all that is asked.
        const ended = shape === "plain" ? outcome : ends;
        expect({ leaks, ended }).toEqual({ leaks: [], ended: ends });
      });
    }

    test(`is searched in at least ${wanted} channels`, ({ task }) => {
      Object.assign(task.meta, { channels: [...searched] });
      expect(searched.size).toBeGreaterThanOrEqual(wanted);
    });
  });
}

/** What is compared: secrets that are sent as they are, and such that every encoding changes. */
const variants = [
  { shape: "plain", more: 0, length: "of one length" },
  { shape: "symbols", more: 5, length: "of two lengths" },
] as const;

/**
 * Runs a driver with different secrets, of the same length and of another, and compares all that comes out: whatever
 * differs tells something of the secret. Contract rule 14.
 */
export function twoWorlds<Driver extends MCSToolDriver>(name: string, subject: LeakSubject<Driver>): void {
  describe(`${name} is the same whatever its secrets are`, () => {
    for (const scenario of scenariosOf(subject)) {
      if (scenario.isTimed === true) continue;
      const used = variants.filter(({ shape }) => scenario.shapes?.includes(shape) ?? true);
      test.each(used)(`${scenario.name}, its secrets $shape and $length`, async ({ shape, more }) => {
        expect(await compareWorlds(scenario, shape, more)).toEqual([]);
      });
    }
  });
}
