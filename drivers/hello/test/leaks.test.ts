import { leakSuite, twoWorlds } from "@mcs/testkit/leaks";
import { HelloDriver } from "../src/index.ts";

const hello = { create: () => new HelloDriver(), calls: [{ tool: "hello_greet", args: { name: "Ada" } }] };
leakSuite("HelloDriver", { ...hello, channels: 45 });
twoWorlds("HelloDriver", hello);
