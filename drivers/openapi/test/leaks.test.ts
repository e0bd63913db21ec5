import { leakSuite, twoWorlds, type SecretShape } from "@mcs/testkit/leaks";
import { answers } from "./leaks/answers.ts";
import { connections } from "./leaks/connections.ts";
import { documents } from "./leaks/documents.ts";
import { failures } from "./leaks/failures.ts";
import { places, sources } from "./leaks/places.ts";
import { redirects } from "./leaks/redirects.ts";
import type { Scenario } from "./leaks/situation.ts";

/** Where a scenario does not say it itself. */
const shaped = (scenarios: readonly Scenario[], ...shapes: SecretShape[]): readonly Scenario[] =>
  scenarios.map((scenario) => ({ shapes, ...scenario }));

const scenarios = [
  ...places,
  ...shaped(answers, "plain", "jwt", "symbols", "unicode", "digits", "short"),
  ...shaped(
    [...sources, ...failures, ...redirects, ...connections, ...documents],
    "plain",
    "jwt",
    "symbols",
    "control byte",
  ),
];

leakSuite("OpenApiDriver", { scenarios, channels: 5_000 });
twoWorlds("OpenApiDriver", { scenarios });
