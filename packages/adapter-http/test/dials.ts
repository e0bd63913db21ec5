import type { LookupAddress } from "node:dns";
import { Socket, type TcpNetConnectOpts } from "node:net";
import { onTestFinished, vi } from "vitest";

/**
 * Stops every connection that this process begins, and notes where it would have gone, until the test is over.
 *
 * @returns The addresses, in order.
 */
export function stopDials(): string[] {
  const dialled: string[] = [];
  const spy = vi.spyOn(Socket.prototype, "connect").mockImplementation(function (
    this: Socket,
    ...given: unknown[]
  ) {
    const { host = "", lookup } = given.flat()[0] as TcpNetConnectOpts;
    if (lookup === undefined) dialled.push(host);
    else
      lookup(host, { all: true }, (_error, found) =>
        dialled.push(...(found as unknown as LookupAddress[]).map(({ address }) => address)),
      );
    return this.destroy(Object.assign(new Error("no network here"), { code: "ENETUNREACH" }));
  });
  onTestFinished(() => spy.mockRestore());
  return dialled;
}
