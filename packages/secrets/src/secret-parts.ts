/** A piece of a secret that is looked for, and how much of it must be seen to count. */
export interface SecretPart {
  readonly text: string;
  /** Characters; as many as `text` has: only all of it counts. */
  readonly least: number;
}

/** A part of fewer characters may stand in honest text. */
const leastOfPart = 12;
/**
 * What may stand in front of the secret part of a credential, and in everybody's: schemes, brands, markers, the servers
 * in URLs, the frames of keys. Each is taken off as often as it is there.
 */
const openings: readonly RegExp[] = [
  // RFC 9110, 11.4
  /^(?:Bearer|Basic|Digest|DPoP|Token|ApiKey)[ \t]+/i,
  // RFC 3986, 3.2: all up to the password, or the server with what words its path begins with
  /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@:]*:(?=[^/?#]*@)|[^/?#@]*(?:\/[a-z]{1,12}(?=\/))*(?:[/?#]|$))/i,
  // RFC 7468, section 2
  /^\s*-----BEGIN [A-Z0-9 ]+-----\s*/,
  // RFC 8017, RFC 5915 and RFC 8410: the algorithm and the lengths of a private key, in base64
  /^(?:MII[\w+/]{3}IBADANBgkqhkiG9w0BAQEFAASC[\w+/]{18}|MII[\w+/]{3}IBAAKCA[\w+/]{3}|MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg|MHcCAQEEI|MC4CAQAwBQYDK2VwBCIEI)/,
  // GitHub, GitLab, OpenAI, Anthropic, Stripe, Slack, AWS, Google, npm, PyPI, DigitalOcean, SendGrid, Hugging Face, Shopify
  /^(?:gh[oprsu]_|github_pat_|gl(?:pat|dt|rt|cbt)-|sk-(?:proj-|svcacct-|or-v1-|ant-[a-z]+\d\d-)?|[prs]k_(?:live|test)_|whsec_|xox[a-z]-|xapp-\d-|A[KS]IA|AIza|ya29\.|GOCSPX-|npm_|pypi-AgEIcHlwaS5vcmc|do[opr]_v1_|SG\.|hf_|gsk_|xai-|shp[a-z]{2}_)/,
  // RFC 7515, section 7.1: the header
  /^eyJ[\w-]*\.(?=[^.]+\.)/,
];

const closings: readonly RegExp[] = [/\s*-----END [A-Z0-9 ]+-----\s*$/];

/** The claims of a JWT, which begin after its header, and its signature. RFC 7519, section 3.1 */
const claimsAndSignature = /^([\w-]{8,})\.([\w-]+)$/;
/** A claim that is a text: its name and its value. */
const textClaim = /"([^"\\]+)"\s*:\s*"([^"]*)/g;
/** Claims that many tokens have the same values for. RFC 7519, 4.1; RFC 9068, 2.2 */
const sharedClaims = new Set(["iss", "aud", "azp", "client_id", "scope", "scp", "typ", "token_type"]);

/**
 * Takes a secret apart: the whole always counts, of the rest twelve characters are enough where nobody else has them.
 *
 * @param publicLength - Characters at its beginning that its owner called public.
 */
export function partsOfSecret(value: string, publicLength: number): SecretPart[] {
  const own = withoutPublicText(value.slice(publicLength));
  const jwt = value.includes("eyJ") ? claimsAndSignature.exec(own) : null;
  const texts = jwt === null ? [own] : [...ownClaims(jwt[1] ?? ""), jwt[2] ?? ""];
  const parts = texts
    .filter((text) => text.length >= leastOfPart)
    .map((text) => ({ text, least: leastOfPart }));
  return texts.includes(value) && parts.length > 0 ? parts : [{ text: value, least: value.length }, ...parts];
}

function withoutPublicText(value: string): string {
  let text = closings.reduce((rest, closing) => rest.replace(closing, ""), value);
  if (/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*@/i.test(text)) text = text.slice(0, text.lastIndexOf("@"));
  for (let before = ""; before !== text;) {
    before = text;
    for (const opening of openings) text = text.replace(opening, "");
  }
  return text;
}

/** What the claims of a JWT hold that is its own; names and numbers stand in other tokens at the same place. */
function ownClaims(claims: string): string[] {
  let json: string;
  try {
    json = atob(claims.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return [claims];
  }
  if (!json.startsWith("{")) return [claims];
  return [...json.matchAll(textClaim)].flatMap(({ index, 0: whole, 1: name = "", 2: text = "" }) => {
    const end = index + whole.length;
    const inBase64 = claims.slice(Math.floor(((end - text.length) * 4) / 3), Math.ceil((end * 4) / 3));
    return sharedClaims.has(name) ? [] : [inBase64];
  });
}
