export { isReserved as isReservedHeader, tokenPattern } from "./check-headers.ts";
export type { HostAddress, Network, ProxySettings, ResolvePort, TlsIdentity } from "./connector.ts";
export { createHttpClient, type HttpClient } from "./http-client.ts";
export { secretsOf, type HttpCredential } from "./http-credential.ts";
export type { AllowedOrigin, FetchPort, HttpClientOptions, HttpClientPorts } from "./http-client-options.ts";
export type { HttpRequest, HttpResponse, HttpStream } from "./http-message.ts";
export { readRetryAfter } from "./read-retry-after.ts";
export type { TrafficLimits } from "./traffic.ts";
