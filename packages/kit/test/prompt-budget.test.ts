import { describe, expect, test } from "vitest";
import { BaseDriver, type DriverPromptBudget } from "../src/index.ts";
import { add, driverOf } from "./fixture.ts";

const driverWith = (promptBudget?: DriverPromptBudget): BaseDriver =>
  new BaseDriver({ toolDriver: driverOf([add]), promptBudget });

const countTokens = (text: string): number => text.split(/\s+/).length;

describe("a driver with a prompt budget", () => {
  test("shortens descriptions in prompts, and nowhere else", async () => {
    const whole = await driverWith().getDriverSystemMessage();
    const told: string[] = [];
    const driver = driverWith({
      maxTokens: countTokens(whole) - 1,
      countTokens,
      onDiagnostics: (diagnostics) => told.push(...diagnostics.map(({ code }) => code)),
    });
    const prompt = await driver.getDriverSystemMessage();
    expect(countTokens(prompt)).toBeLessThan(countTokens(whole));
    expect(prompt).toContain(await driver.getFunctionDescription());
    expect(await driver.listTools()).toEqual(await driverWith().listTools());
    expect(new Set(told)).toEqual(new Set(["description_shortened"]));
  });

  test("tells when the schemas alone cost more", async () => {
    const told: string[] = [];
    const driver = driverWith({
      maxTokens: 1,
      onDiagnostics: (diagnostics) => told.push(...diagnostics.map(({ code }) => code)),
    });
    expect(await driver.getDriverSystemMessage()).toContain("math_add");
    expect(told.at(-1)).toBe("over_budget");
  });
});
