/** A piece of a secret that is looked for, and how much of it must be seen to count. */
export interface SecretPart {
  readonly text: string;
  /** Characters; as many as `text` has: only all of it counts. */
  readonly least: number;
}

/** A part of fewer characters may stand in honest text. */
const leastOfPart = 12;
/** In the claims of a JWT, which are JSON: less than a name and a value is common to all of one kind. */
const leastOfClaims = 32;

/**
 * What may stand in front of the secret part of a credential, and in everybody's: schemes, brands, markers, the servers
 * in URLs, the frames of keys. Each is taken off as often as it is there.
 */
const openings: readonly RegExp[] = [
  // RFC 9110, 11.4
  /^(?:Bearer|Basic|Digest|DPoP|Token|ApiKey)[ \t]+/i,
  // RFC 3986, 3.2: the server alone, or all up to the password
  /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@:]*:(?=[^/?#]*@)|[^/?#@]*(?:[/?#]|$))/i,
  // RFC 7468, section 2
  /^\s*-----BEGIN [A-Z0-9 ]+-----\s*/,
  // RFC 8017, RFC 5915 and RFC 8410: the algorithm and the lengths of a private key, in base64
  /^(?:MII[\w+/]{4}IBADANBgkqhkiG9w0BAQEFAASC[\w+/]{17}|MII[\w+/]{3}IBAAKCA[\w+/]{3}|MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg|MHcCAQEEI|MC4CAQAwBQYDK2VwBCIEI)/,
  // GitHub, GitLab, OpenAI, Anthropic, Stripe, Slack, AWS, Google, npm, PyPI, DigitalOcean, SendGrid, Hugging Face, Shopify
  /^(?:gh[oprsu]_|github_pat_|gl(?:pat|dt|rt|cbt)-|sk-(?:proj-|svcacct-|or-v1-|ant-[a-z]+\d\d-)?|[prs]k_(?:live|test)_|whsec_|xox[a-z]-|xapp-\d-|A[KS]IA|AIza|ya29\.|GOCSPX-|npm_|pypi-AgEIcHlwaS5vcmc|do[opr]_v1_|SG\.|hf_|gsk_|xai-|shp[a-z]{2}_)/,
  // RFC 7515, section 7.1: the header
  /^eyJ[\w-]*\./,
];

const closings: readonly RegExp[] = [/\s*-----END [A-Z0-9 ]+-----\s*$/];

/** The claims of a JWT, which begin after its header, and its signature. RFC 7519, section 3.1 */
const claimsAndSignature = /^([\w-]{8,})\.([\w-]+)$/;
/** Who issued it stands in all tokens of one issuer. */
const issuer = /^\{"iss":"[^"]*",?"?/;

/**
 * Takes a secret apart: the whole always counts, of the rest twelve characters are enough where nobody else has them.
 *
 * @param publicLength - Characters at its beginning that its owner called public.
 */
export function partsOfSecret(value: string, publicLength: number): SecretPart[] {
  const whole: SecretPart = { text: value, least: value.length };
  const own = withoutPublicText(value.slice(publicLength));
  const jwt = value.includes("eyJ") ? claimsAndSignature.exec(own) : null;
  const parts =
    jwt === null
      ? [{ text: own, least: leastOfPart }]
      : [
          { text: withoutIssuer(jwt[1] ?? ""), least: leastOfClaims },
          { text: jwt[2] ?? "", least: leastOfPart },
        ];
  const counting = parts.filter(({ text, least }) => text.length >= least);
  return counting.some(({ text }) => text === value) ? counting : [whole, ...counting];
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

function withoutIssuer(claims: string): string {
  try {
    const json = atob(claims.replaceAll("-", "+").replaceAll("_", "/"));
    const known = issuer.exec(json)?.[0].length ?? 0;
    return claims.slice(Math.ceil((known * 4) / 3));
  } catch {
    return claims;
  }
}
