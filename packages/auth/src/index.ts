export { givenCredentials, type GivenCredential } from "./given-credentials.ts";
