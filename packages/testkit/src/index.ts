export type { ConformanceCase, CountedDriver, ExampleCall, LosingDriver } from "./conformance-case.ts";
export { describeDecorator, type DecoratorCase } from "./describe-decorator.ts";
export { describeDriver, type DriverCase } from "./describe-driver.ts";
export { describeToolDriver } from "./describe-tool-driver.ts";
