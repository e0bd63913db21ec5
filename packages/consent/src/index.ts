export type { AskConsent, ConsentOptions } from "@mcs/kit/consent";
export { consentDecorator } from "./consent-decorator.ts";
