// Every rule has a driver that breaks it, on which the suite must fail: a suite that cannot fail proves nothing.
import {
  MCSError,
  type CallContext,
  type DriverResponse,
  type HybridDriver,
  type LlmAnswer,
  type MCSToolDriver,
  type ProcessOptions,
  type ProviderMessage,
  type Tool,
  type ToolArguments,
} from "@mcs/core";
import { BaseDecorator, BaseDriver } from "@mcs/kit";
import { describe, expect, test } from "vitest";
import type { Check } from "../src/conformance/check.ts";
import { decoratorChecks } from "../src/conformance/decorator-checks.ts";
import { driverFailureChecks, toolFailureChecks } from "../src/conformance/failure-checks.ts";
import { healingChecks } from "../src/conformance/healing-checks.ts";
import { listingChecks } from "../src/conformance/listing-checks.ts";
import { messageChecks } from "../src/conformance/message-checks.ts";
import { driverOnceChecks, toolOnceChecks } from "../src/conformance/once-checks.ts";
import { secretChecks } from "../src/conformance/secret-checks.ts";
import type { DecoratorCase, DriverCase } from "../src/index.ts";
import { counting, losing, math, plain, secret } from "./fixture.ts";

const driverChecks: readonly Check<DriverCase>[] = [
  ...driverOnceChecks,
  ...toolOnceChecks,
  ...healingChecks,
  ...messageChecks,
  ...driverFailureChecks,
  ...listingChecks,
  ...toolFailureChecks,
  ...secretChecks,
];

/** Names of the checks that fail. */
async function failing<Subject>(checks: readonly Check<Subject>[], subject: Subject): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, run } of checks) await run(subject).catch(() => failed.push(name));
  return failed;
}

type Answer = Parameters<HybridDriver["processLlmResponse"]>;

/** A driver that does something else with answers. */
function answering(
  process: (driver: BaseDriver, ...answer: Answer) => Promise<DriverResponse>,
): (inner: MCSToolDriver) => HybridDriver {
  return (inner) => {
    const good = new BaseDriver({ toolDriver: inner });
    return new (class extends BaseDecorator {
      override async processLlmResponse<Message extends object = ProviderMessage>(
        response: LlmAnswer,
        options: ProcessOptions = {},
      ): Promise<DriverResponse<Message>> {
        return (await process(good, response, options)) as DriverResponse<Message>;
      }
    })(inner);
  };
}

const changed = (change: (response: DriverResponse) => Partial<DriverResponse>) =>
  answering(async (driver, ...answer) => {
    const response = await driver.processLlmResponse(...answer);
    return response.messages === null ? response : { ...response, ...change(response) };
  });

/** The messages of a response, their content rewritten. */
const rewritten = (rewrite: (content: string) => string) =>
  changed(({ messages }) => ({
    messages: (messages ?? []).map((message, index) =>
      index === 0 ? message : { ...message, content: rewrite(String(Reflect.get(message, "content"))) },
    ),
  }));

const replaced = (answer: LlmAnswer, replace: (text: string) => string): LlmAnswer =>
  typeof answer === "string" ? replace(answer) : (JSON.parse(replace(JSON.stringify(answer))) as object);

type Execute = BaseDecorator["executeTool"];

/** A driver whose calls go another way. */
const calling =
  (execute: (run: Execute, ...call: Parameters<Execute>) => Promise<unknown>) =>
  (inner: MCSToolDriver): HybridDriver =>
    new (class extends BaseDecorator {
      override executeTool(name: string, args: ToolArguments, context?: CallContext): Promise<unknown> {
        return execute((...call) => super.executeTool(...call), name, args, context);
      }
    })(inner);

/** A driver that lists its tools otherwise. */
const listing =
  (change: (tools: readonly Tool[], times: number) => readonly Tool[]) =>
  (inner: MCSToolDriver): HybridDriver => {
    let times = 0;
    return new (class extends BaseDecorator {
      override async listTools(context?: CallContext): Promise<readonly Tool[]> {
        times += 1;
        return change(await super.listTools(context), times);
      }
    })(inner);
  };

interface Control {
  readonly rule: number;
  readonly breaks: string;
  readonly wrap: (inner: MCSToolDriver) => HybridDriver;
  /** Checks that have to fail; nothing else may. */
  readonly fails: readonly string[];
}

let called = false;

const controls: readonly Control[] = [
  {
    rule: 4,
    breaks: "runs each call twice",
    wrap: calling(async (run, ...call) => {
      await run(...call);
      return run(...call);
    }),
    fails: ["reaches what it talks to once for each call"],
  },
  {
    rule: 4,
    breaks: "runs each answer twice",
    wrap: (inner) =>
      new (class extends BaseDecorator {
        override async processLlmResponse<Message extends object = ProviderMessage>(
          ...answer: Answer
        ): Promise<DriverResponse<Message>> {
          await super.processLlmResponse(...answer);
          return super.processLlmResponse(...answer);
        }
      })(inner),
    fails: [
      "gives its own `executeTool` each call of an answer once",
      "reaches what it talks to once for each call",
    ],
  },
  {
    rule: 9,
    breaks: "does not look at why an answer ended",
    wrap: answering((driver, answer, options) =>
      driver.processLlmResponse(
        replaced(answer, (text) => text.replace('"finish_reason":"length"', '"finish_reason":"stop"')),
        options,
      ),
    ),
    fails: ["runs no call that the provider cut off"],
  },
  {
    rule: 9,
    breaks: "does not listen to the client that says so",
    wrap: answering((driver, answer, { cutOff: _cutOff, ...options } = {}) =>
      driver.processLlmResponse(answer, options),
    ),
    fails: ["runs no last call of an answer of which the client says that it was cut off"],
  },
  {
    rule: 9,
    breaks: "makes up what is missing",
    wrap: answering((driver, answer, options) =>
      driver.processLlmResponse(
        replaced(answer, (text) =>
          text.replace(String.raw`"{\"dividend\":"`, String.raw`"{\"dividend\":0,\"divisor\":1}"`),
        ),
        options,
      ),
    ),
    fails: ["invents no value for a call that ends in the middle"],
  },
  {
    rule: 9,
    breaks: "takes reasoning, results and quotations for its own words",
    wrap: answering((driver, answer, options) =>
      driver.processLlmResponse(
        typeof answer === "string" ? answer.replaceAll(/<\/?(?:think|tool_response)>|^> /gm, "") : answer,
        options,
      ),
    ),
    fails: [
      "takes no call out of reasoning",
      "takes no call out of the result of a tool",
      "takes no call out of a quotation",
    ],
  },
  {
    rule: 9,
    breaks: "mends in silence",
    wrap: changed(({ callFailed, callDetail }) => ({ callDetail: callFailed ? callDetail : null })),
    fails: ["says what it mended"],
  },
  {
    rule: 10,
    breaks: "answers in the system role",
    wrap: changed(({ messages }) => ({
      messages: (messages ?? []).map((message, index) =>
        index === 0 ? message : { ...message, role: "system" },
      ),
    })),
    fails: ["puts nothing into the system role"],
  },
  {
    rule: 10,
    breaks: "fills in placeholders last",
    wrap: rewritten((content) => content.replaceAll("{available}", "math_divide")),
    fails: ["fills in no placeholder of what comes from outside"],
  },
  {
    rule: 11,
    breaks: "gives everybody what the model gets",
    wrap: changed(({ callExecuted, messages, toolCallResult }) =>
      callExecuted && Array.isArray(toolCallResult)
        ? { toolCallResult: Reflect.get(messages?.[1] ?? {}, "content") as unknown }
        : {},
    ),
    fails: ["gives a program the result unshaped"],
  },
  {
    rule: 11,
    breaks: "gives the model all of it",
    wrap: answering((driver, answer, options) =>
      driver.processLlmResponse(answer, { ...options, budget: { tokens: 1_000_000 } }),
    ),
    fails: ["gives a model a view within the budget, which says what is missing"],
  },
  {
    rule: 11,
    breaks: "cuts and says nothing",
    wrap: rewritten((content) => content.replaceAll(/… \d+ more[^"]*/g, "…")),
    fails: ["gives a model a view within the budget, which says what is missing"],
  },
  {
    rule: 12,
    breaks: "does not say what to do next",
    wrap: calling((run, ...call) =>
      run(...call).catch((error: unknown) => {
        const { code, message, effect } = error as MCSError;
        throw new MCSError(code, message, { effect, hint: " " });
      }),
    ),
    fails: [
      "tells the model what happened and what to do next",
      "tells four things of a failure: what, whose fault, which effect, what to do",
    ],
  },
  {
    rule: 12,
    breaks: "claims of everything that it may have happened",
    wrap: calling((run, ...call) =>
      run(...call).catch((error: unknown) => {
        const { code, message } = error as MCSError;
        throw new MCSError(code, message, { effect: "unknown" });
      }),
    ),
    fails: [
      "tells four things of a failure: what, whose fault, which effect, what to do",
      "starts no call for which no time is left",
    ],
  },
  {
    rule: 12,
    breaks: "takes all the time it likes",
    wrap: calling((run, name, args, { deadline: _deadline, ...context } = {}) => run(name, args, context)),
    fails: [
      "starts no call of an answer for which no time is left",
      "starts no call for which no time is left",
    ],
  },
  {
    rule: 12,
    breaks: "tells the ToolDriver inside nothing of the time that is left to an answer",
    wrap: answering((driver, answer, { deadline: _deadline, ...options } = {}) =>
      driver.processLlmResponse(answer, options),
    ),
    fails: ["starts no call of an answer for which no time is left"],
  },
  {
    rule: 12,
    breaks: "tries again by itself",
    wrap: calling((run, ...call) => run(...call).catch(() => run(...call))),
    fails: ["says of a lost answer that its effect is unknown, and does not call again by itself"],
  },
  {
    rule: 12,
    breaks: "says of a lost answer that nothing happened",
    wrap: calling((run, ...call) =>
      run(...call).catch((error: unknown) => {
        const { code, message, hint } = error as MCSError;
        throw new MCSError(code, message, { hint, effect: "none" });
      }),
    ),
    fails: ["says of a lost answer that its effect is unknown, and does not call again by itself"],
  },
  {
    rule: 12,
    breaks: "tells the model nothing but that it failed",
    wrap: rewritten((content) => (content.includes("MCS_DRIVER_FAULT") ? "failed" : content)),
    fails: ["tells the model what happened and what to do next"],
  },
  {
    rule: 13,
    breaks: "lists its tools in another order each time",
    wrap: listing((tools, times) => (times % 2 === 0 ? tools.toReversed() : tools)),
    fails: [
      "lists the same bytes each time and from each instance",
      "lists the same bytes after calls, whatever came of them, and while others run",
    ],
  },
  {
    rule: 13,
    breaks: "describes what it did last",
    wrap: (inner) => {
      called = false;
      const describing = listing((tools) =>
        called ? tools.map((tool) => ({ ...tool, description: "Called before." })) : tools,
      )(inner);
      return calling((run, ...call) => {
        called = true;
        return run(...call);
      })(describing);
    },
    fails: [
      "puts nothing into the system role",
      "lists the same bytes after calls, whatever came of them, and while others run",
    ],
  },
  {
    rule: 14,
    breaks: "keeps its secret in a property",
    wrap: (inner) => Object.assign(new BaseDriver({ toolDriver: inner }), { token: secret }),
    fails: ["leads nobody who holds it, or what it gives, to a secret of its configuration"],
  },
  {
    rule: 14,
    breaks: "tells its secret while it works",
    wrap: calling((run, name, args, context = {}) => {
      context.onProgress?.({ message: `Signed in with ${secret}.` });
      return run(name, args, context);
    }),
    fails: ["leads nobody who holds it, or what it gives, to a secret of its configuration"],
  },
  {
    rule: 14,
    breaks: "has the driver inside as a property",
    wrap: (inner) => Object.assign(new BaseDriver({ toolDriver: inner }), { inner }),
    fails: ["leads nobody to a driver inside it, past what it checks itself"],
  },
  {
    rule: 14,
    breaks: "has a getter for the driver inside",
    wrap: (inner) =>
      new (class extends BaseDriver {
        readonly #inner = inner;

        get inner(): MCSToolDriver {
          return this.#inner;
        }
      })({ toolDriver: inner }),
    fails: ["leads nobody to a driver inside it, past what it checks itself"],
  },
  {
    rule: 14,
    breaks: "passes errors on",
    wrap: calling((run, ...call) =>
      run(...call).catch((error: unknown) => {
        throw Object.assign(error as object, { request: { authorization: `Bearer ${secret}` } });
      }),
    ),
    fails: [
      "leads nobody who holds it, or what it gives, to a secret of its configuration",
      "passes no error on: none has a cause, or a property that the contract does not know",
    ],
  },
];

describe("The suite fails a driver that", () => {
  test.each(controls)("$breaks (rule $rule)", async ({ rule, wrap, fails }) => {
    const subject: DriverCase = {
      ...math,
      create: () => wrap(plain()),
      loses: {
        tool: "math_note",
        args: { number: 7 },
        create() {
          const { driver, reached } = losing();
          return { driver: wrap(driver), reached };
        },
      },
      counts: {
        tool: "math_note",
        args: { number: 7 },
        create() {
          const { driver, reached } = counting();
          return { driver: wrap(driver), reached };
        },
      },
    };
    expect(await failing(driverChecks, subject)).toEqual(fails);
    expect(driverChecks.filter(({ name }) => fails.includes(name)).map((check) => check.rule)).toContain(
      rule,
    );
  });

  test("keeps no rule at all, in every check of rule 4 and of each rule from 9 to 14", () => {
    const proved = new Set(controls.flatMap(({ fails }) => fails));
    expect(driverChecks.map(({ name }) => name).filter((name) => !proved.has(name))).toEqual([]);
    expect(new Set(driverChecks.map(({ rule }) => rule))).toEqual(new Set([4, 9, 10, 11, 12, 13, 14]));
  });
});

class Open extends BaseDecorator {
  readonly inner: MCSToolDriver;

  constructor(inner: MCSToolDriver) {
    super(inner);
    this.inner = inner;
  }
}

class Hidden extends BaseDecorator {
  constructor(inner: MCSToolDriver) {
    super(inner);
    Object.defineProperty(this, Symbol("inner"), { value: new Map([["inner", inner]]) });
  }
}

class Generous extends BaseDecorator {
  readonly #inner: MCSToolDriver;

  constructor(inner: MCSToolDriver) {
    super(inner);
    this.#inner = inner;
  }

  override resolveInward(): never {
    return this.#inner as never;
  }
}

class Eager extends BaseDecorator {
  constructor(inner: MCSToolDriver) {
    super(inner);
    void inner.listTools();
  }
}

class Curious extends BaseDecorator {
  constructor(inner: MCSToolDriver) {
    super(inner);
    JSON.stringify(Reflect.get(inner, "credential"));
  }
}

class Prying extends BaseDecorator {
  readonly #inner: MCSToolDriver;

  constructor(inner: MCSToolDriver) {
    super(inner);
    this.#inner = inner;
  }

  override executeTool(...call: Parameters<BaseDecorator["executeTool"]>): Promise<unknown> {
    Reflect.ownKeys(this.#inner);
    return super.executeTool(...call);
  }
}

const decorators: readonly {
  readonly breaks: string;
  readonly wrap: DecoratorCase["wrap"];
  readonly fails: string[];
}[] = [
  {
    breaks: "has what it wraps as a property",
    wrap: (inner) => new Open(inner),
    fails: ["leads nobody to what it wraps"],
  },
  {
    breaks: "hides it behind a symbol",
    wrap: (inner) => new Hidden(inner),
    fails: ["leads nobody to what it wraps"],
  },
  {
    breaks: "hands it out as an ability",
    wrap: (inner) => new Generous(inner),
    fails: [
      "leads nobody to what it wraps",
      "answers for abilities inside with their methods alone, and hands out none that runs or describes tools",
    ],
  },
  {
    breaks: "lists tools when it wraps",
    wrap: (inner) => new Eager(inner),
    fails: ["calls nothing and opens nothing when it wraps"],
  },
  {
    breaks: "opens a credential when it wraps",
    wrap: (inner) => new Curious(inner),
    fails: [
      "calls nothing and opens nothing when it wraps",
      "opens nothing while it works, and runs each call once",
    ],
  },
  {
    breaks: "looks around while it works",
    wrap: (inner) => new Prying(inner),
    fails: ["opens nothing while it works, and runs each call once"],
  },
  {
    breaks: "runs a call twice",
    wrap: calling(async (run, ...call) => {
      await run(...call);
      return run(...call);
    }),
    fails: ["opens nothing while it works, and runs each call once"],
  },
];

describe("The suite fails a decorator that", () => {
  test.each(decorators)("$breaks", async ({ wrap, fails }) => {
    expect(await failing(decoratorChecks, { inner: math, wrap })).toEqual(fails);
  });

  test("breaks any of its checks", () => {
    const proved = new Set(decorators.flatMap(({ fails }) => fails));
    expect(decoratorChecks.map(({ name }) => name).filter((name) => !proved.has(name))).toEqual([]);
  });
});

test("The suite passes the driver that all of them are made from", async () => {
  const subject = { ...math, create: () => new BaseDriver({ toolDriver: plain() }) };
  expect(await failing(driverChecks, subject)).toEqual([]);
  expect(
    await failing(decoratorChecks, { inner: math, wrap: (inner) => new BaseDriver({ toolDriver: inner }) }),
  ).toEqual([]);
});
