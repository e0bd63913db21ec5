export {
  createConsentGate,
  type AskConsent,
  type ConsentedCall,
  type ConsentGate,
  type ConsentOptions,
} from "./consent-gate.ts";
