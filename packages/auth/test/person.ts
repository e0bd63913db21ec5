/** A person with a browser: follows redirects with cookies, and fills in every form until there is none. */
export async function signInAs(name: string, start: string, code = ""): Promise<string> {
  const cookies = new Map<string, string>();
  let page = await browse(start, undefined, cookies);
  for (let forms = 0; forms < 10; forms += 1) {
    const form = readForm(page.text, { login: name, password: "any", user_code: code });
    if (form === undefined) return page.text;
    page = await browse(new URL(form.action || page.url, page.url).href, form.fields, cookies);
  }
  throw new Error("There were forms without end.");
}

interface Page {
  readonly url: string;
  readonly text: string;
}

async function browse(
  start: string,
  fields: URLSearchParams | undefined,
  cookies: Map<string, string>,
): Promise<Page> {
  let [url, body] = [start, fields];
  for (let hops = 0; hops < 10; hops += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(url, {
      redirect: "manual",
      headers: { Cookie: cookie },
      ...(body !== undefined && { method: "POST", body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get("Location");
    if (location === null) return { url, text: await response.text() };
    [url, body] = [new URL(location, url).href, undefined];
  }
  throw new Error("There were redirects without end.");
}

function readForm(
  html: string,
  values: Readonly<Record<string, string>>,
): { readonly action: string; readonly fields: URLSearchParams } | undefined {
  const [, attributes = "", inside = ""] = /<form([^>]*)>([\s\S]*?)<\/form>/.exec(html) ?? [];
  if (attributes === "") return undefined;
  const fields = new URLSearchParams();
  for (const [, input = ""] of inside.matchAll(/<input([^>]*)>/g)) {
    const name = attribute(input, "name");
    if (name !== "") fields.set(name, values[name] || attribute(input, "value"));
  }
  return { action: attribute(attributes, "action"), fields };
}

function attribute(text: string, name: string): string {
  return new RegExp(`${name}="([^"]*)"`).exec(text)?.[1] ?? "";
}
