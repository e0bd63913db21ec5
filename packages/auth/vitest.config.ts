export { default } from "@mcs/vitest-config";
