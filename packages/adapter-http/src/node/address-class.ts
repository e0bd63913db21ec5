import { BlockList, isIPv4, isIPv6 } from "node:net";

/**
 * What an address belongs to. `private`: this machine and networks that are not the Internet. `metadata`: link-local
 * addresses, and others at which clouds give their machines credentials. `reserved`: multicast, documentation, transition
 * mechanisms, what is not assigned, and what is no address at all.
 */
export type AddressClass = "public" | "private" | "metadata" | "reserved";

type Range = readonly [address: string, prefix: number];

/** IANA IPv4 Special-Purpose Address Registry (RFC 6890), November 2026, and the address plans of clouds. */
const ipv4: Readonly<Record<Exclude<AddressClass, "public">, readonly Range[]>> = {
  metadata: [
    ["169.254.0.0", 16],
    ["100.100.100.200", 32], // Alibaba Cloud
    ["168.63.129.16", 32], // Azure
    ["192.0.0.192", 32], // Oracle Cloud
  ],
  private: [
    ["0.0.0.0", 8], // dialled as this machine
    ["10.0.0.0", 8],
    ["100.64.0.0", 10],
    ["127.0.0.0", 8],
    ["172.16.0.0", 12],
    ["192.168.0.0", 16],
    ["198.18.0.0", 15],
  ],
  reserved: [
    ["192.0.0.0", 24],
    ["192.0.2.0", 24],
    ["192.88.99.0", 24],
    ["198.51.100.0", 24],
    ["203.0.113.0", 24],
    ["224.0.0.0", 4],
    ["240.0.0.0", 4],
  ],
};

/** IANA IPv6 Special-Purpose Address Registry (RFC 6890), November 2026. What is not in 2000::/3 is not public. */
const ipv6: typeof ipv4 = {
  metadata: [
    ["fe80::", 10],
    ["fd00:ec2::", 32], // Amazon
    ["fd20:ce::254", 128], // Google Cloud
    ["fd00:42::42", 128], // Scaleway
  ],
  private: [
    ["::", 128],
    ["::1", 128],
    ["fc00::", 7],
    ["fec0::", 10],
  ],
  reserved: [
    ["64:ff9b:1::", 48], // leads wherever a local translator says
    ["2001::", 23],
    ["2001:db8::", 32],
    ["2002::", 16],
    ["3fff::", 20],
  ],
};

const order = ["metadata", "private", "reserved"] as const;
const ipv4Lists = order.map((name) => [name, listOf(ipv4[name], "ipv4")] as const);
const ipv6Lists = order.map((name) => [name, listOf(ipv6[name], "ipv6")] as const);
const globalUnicast = listOf([["2000::", 3]], "ipv6");

/** @param text - As a resolver writes it. A zone (`%eth0`) is not looked at. */
export function classify(text: string): AddressClass {
  const address = text.replace(/%.*$/s, "");
  if (isIPv4(address)) return classifyIpv4(address);
  if (!isIPv6(address)) return "reserved";
  const found = ipv6Lists.find(([, list]) => list.check(address, "ipv6"))?.[0];
  if (found === "metadata" || found === "reserved") return found;
  const embedded = embeddedIpv4(groupsOf(address));
  if (embedded !== undefined) return embedded;
  return found ?? (globalUnicast.check(address, "ipv6") ? "public" : "reserved");
}

function classifyIpv4(address: string): AddressClass {
  return ipv4Lists.find(([, list]) => list.check(address, "ipv4"))?.[0] ?? "public";
}

/**
 * The class of the IPv4 address that an IPv6 one leads to: mapped (RFC 4291, 2.5.5.2), NAT64 (RFC 6052), compatible (RFC
 * 4291, 2.5.5.1; deprecated, so never public) and ISATAP (RFC 5214, the same).
 */
function embeddedIpv4(groups: readonly number[]): AddressClass | undefined {
  const head = groups.slice(0, 6).map((group) => group.toString(16));
  const inner = classifyIpv4(
    groups
      .slice(6)
      .flatMap((group) => [group >> 8, group & 0xff])
      .join("."),
  );
  const prefix = head.join(":");
  if (prefix === "0:0:0:0:0:ffff" || prefix === "64:ff9b:0:0:0:0") return inner;
  const isZero = groups[6] === 0 && (groups[7] === 0 || groups[7] === 1);
  const isCompatible = prefix === "0:0:0:0:0:0" && !isZero;
  const isTranslated = prefix === "0:0:0:0:ffff:0"; // RFC 2765
  const isIsatap = /:(?:0|200):5efe$/.test(prefix);
  if (isCompatible || isTranslated || isIsatap) return inner === "public" ? "reserved" : inner;
  return undefined;
}

/** The eight groups of an IPv6 address, whichever way it is written. */
function groupsOf(address: string): number[] {
  const { hostname } = new URL(`http://[${address}]/`);
  const [head = "", tail] = hostname.slice(1, -1).split("::");
  const before = toGroups(head);
  const after = toGroups(tail ?? "");
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0), ...after];
}

function toGroups(part: string): number[] {
  return part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
}

function listOf(ranges: readonly Range[], type: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of ranges) list.addSubnet(address, prefix, type);
  return list;
}
