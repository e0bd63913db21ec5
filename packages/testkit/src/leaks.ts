export { compareWorlds, type Difference } from "./leaks/compare-worlds.ts";
export type { Kind, Surface } from "./leaks/evidence.ts";
export type { Sighting } from "./leaks/find-canary.ts";
export type { LeakScenario, LeakSubject } from "./leaks/leak-scenario.ts";
export { leakSuite, twoWorlds } from "./leaks/leak-suite.ts";
export type { LeakPorts, LeakWorld } from "./leaks/leak-world.ts";
export { searchLeaks, type Leak, type LeakSearch } from "./leaks/search-leaks.ts";
export { secretShapes, type SecretShape } from "./leaks/secret-shapes.ts";
