import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const programs = ["/usr/sbin/nginx", "/usr/bin/tinyproxy", "/usr/bin/openssl"];

/** What of Debian's packages is not here. */
export const missing: readonly string[] = programs.filter((path) => !existsSync(path));

/** Loopback, but not by the names of this machine that are never asked for over a proxy. */
export const host = "127.0.0.2";

export interface Folder {
  readonly path: string;
  readonly read: (name: string) => string;
}

/** A folder that is gone when the test is. */
function openFolder(): Folder {
  const path = mkdtempSync(join(tmpdir(), "mcs-servers-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return { path, read: (name) => readFileSync(join(path, name), "utf8") };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await once(probe.listen(0, host), "listening");
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  return port;
}

async function isUp(port: number): Promise<boolean> {
  const socket = connect({ host, port });
  const isReached = await once(socket, "connect").then(
    () => true,
    () => false,
  );
  socket.destroy();
  return isReached;
}

async function run(program: string, args: readonly string[], port: number): Promise<void> {
  const child = spawn(program, args, { stdio: "ignore" });
  const isOver = once(child, "close");
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await isOver;
  });
  while (!(await isUp(port))) {
    if (child.exitCode !== null) throw new Error(`${program} does not start.`);
  }
}

/** Makes an authority, and a certificate of its for this host and one for a client. */
function makeCertificates({ path }: Folder): void {
  const openssl = (...args: string[]): void =>
    void execFileSync("openssl", args, { cwd: path, stdio: "ignore" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...key,
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
    "-subj",
    "/CN=Authority",
    "-days",
    "2",
  );
  for (const [name, extension] of [
    ["server", `subjectAltName=IP:${host}`],
    ["client", "extendedKeyUsage=clientAuth"],
  ] as const) {
    writeFileSync(join(path, `${name}.ext`), extension);
    openssl("req", ...key, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
    openssl(
      ..."x509 -req -CA ca.pem -CAkey ca.key -CAcreateserial -days 2".split(" "),
      "-in",
      `${name}.csr`,
      "-out",
      `${name}.pem`,
      "-extfile",
      `${name}.ext`,
    );
  }
}

export interface Gateway extends Folder {
  readonly plain: string;
  /** Asks for a client's certificate, and says in `X-Client` whose it was. */
  readonly secure: string;
  /** Answers without one too. */
  readonly open: string;
}

/** nginx before an API: TLS, client certificates, and at `/limited` one request a second. */
export async function startGateway(api: string): Promise<Gateway> {
  const folder = openFolder();
  makeCertificates(folder);
  const [plain, secure, open] = [await freePort(), await freePort(), await freePort()];
  const tls = "ssl_certificate server.pem; ssl_certificate_key server.key; ssl_client_certificate ca.pem;";
  const location = `proxy_pass ${api}; add_header X-Client $ssl_client_verify$ssl_client_s_dn always;`;
  writeFileSync(
    join(folder.path, "nginx.conf"),
    `daemon off; pid nginx.pid; error_log error.log; worker_processes 1; events {}
    http {
      access_log access.log; limit_req_zone $binary_remote_addr zone=one:1m rate=1r/s; limit_req_status 429;
      ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${name};`).join(" ")}
      server { listen ${host}:${plain};
        location / { ${location} }
        location /limited { limit_req zone=one; error_page 429 @wait; ${location} }
        location @wait { add_header Retry-After 1 always; return 429; } }
      server { listen ${host}:${secure} ssl; ${tls} ssl_verify_client on; location / { ${location} } }
      server { listen ${host}:${open} ssl; ${tls} ssl_verify_client optional; location / { ${location} } }
    }`,
  );
  await run("/usr/sbin/nginx", ["-p", folder.path, "-e", "error.log", "-c", "nginx.conf"], plain);
  return {
    ...folder,
    plain: `http://${host}:${plain}`,
    secure: `https://${host}:${secure}`,
    open: `https://${host}:${open}`,
  };
}

export interface Proxy {
  readonly port: number;
  /** What it was asked for. */
  readonly log: () => string;
}

/** tinyproxy, a forward proxy. */
export async function startProxy(login = ""): Promise<Proxy> {
  const folder = openFolder();
  const port = await freePort();
  const file = join(folder.path, "tinyproxy.conf");
  writeFileSync(
    file,
    `Port ${port}\nListen ${host}\nTimeout 10\nLogFile "${join(folder.path, "log")}"\nLogLevel Info\n${login}\n`,
  );
  await run("/usr/bin/tinyproxy", ["-d", "-c", file], port);
  return { port, log: () => folder.read("log") };
}
