export { loopbackRedirect, type LoopbackRedirectOptions } from "./node/loopback-redirect.ts";
