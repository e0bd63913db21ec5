export { authDecorator, type AuthDecoratorOptions, type SignInRequired } from "./auth-decorator.ts";
export { clientCredentials } from "./client-credentials.ts";
export { givenCredentials, type GivenCredential } from "./given-credentials.ts";
export type {
  ClientAuthentication,
  OAuthClient,
  OAuthOptions,
  OAuthPorts,
  OAuthServer,
} from "./oauth-options.ts";
export type { OAuthProvider } from "./oauth-provider.ts";
export { tokenExchange, type TokenExchangeOptions } from "./token-exchange.ts";
export type { OpenRedirect, RedirectPort } from "./redirect-port.ts";
export { signIn, type SignInOptions, type SignInPorts, type SignInProvider } from "./sign-in.ts";
