import type { FetchPort, ResolvePort } from "@mcs/adapter-http";
import type { DriverPorts } from "@mcs/core";

/** The live things that an OpenAPI driver takes. */
export interface OpenApiPorts extends DriverPorts {
  /** Sends one request and follows no redirect. Default: sockets of the driver's own, to addresses that it checks. */
  readonly fetch?: FetchPort;
  /** Finds the addresses of a host. Default: the system's resolver. */
  readonly resolve?: ResolvePort;
}
