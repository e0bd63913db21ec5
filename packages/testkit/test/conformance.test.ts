import { BaseDecorator, BaseDriver } from "@mcs/kit";
import { describeDecorator, describeDriver, describeToolDriver } from "../src/index.ts";
import { math, plain } from "./fixture.ts";

class Transparent extends BaseDecorator {}

describeToolDriver("a plain ToolDriver", math);
describeDriver("a hybrid driver", { ...math, create: () => new BaseDriver({ toolDriver: plain() }) });
describeDecorator("a decorator", { inner: math, wrap: (inner) => new Transparent(inner) });
describeDecorator("a decorator around a decorator", {
  inner: math,
  wrap: (inner) => new Transparent(new Transparent(inner)),
});
