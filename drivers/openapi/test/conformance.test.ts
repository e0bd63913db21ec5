import type { MCSToolDriver } from "@mcs/core";
import { describeDriver, describeToolDriver, type LosingDriver } from "@mcs/testkit";
import { OpenApiDriver, OpenApiToolDriver, type OpenApiConfig, type OpenApiPorts } from "../src/index.ts";
import { documentOf } from "./given.ts";

const config: OpenApiConfig = {
  spec: documentOf({
    "/pets/{id}": {
      get: {
        operationId: "getPet",
        summary: "Find a pet",
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
      },
    },
    "/pets": {
      get: { operationId: "listPets", summary: "List all pets" },
      post: { operationId: "addPet", summary: "Add a pet" },
    },
  }),
  server: "https://pets.test",
};

const unreachable: OpenApiPorts = {
  fetch: async () => {
    throw new TypeError("fetch failed");
  },
};

const pets = Array.from({ length: 500 }, (_, id) => ({ id, name: `Rex the ${id}th` }));
const answers: Readonly<Record<string, unknown>> = {
  "https://pets.test/pets/7": { id: 7, name: "Rex" },
  "https://pets.test/pets": pets,
};

const ports: OpenApiPorts = {
  fetch: async ({ url }) =>
    url in answers ? Response.json(answers[url]) : Response.json({ message: "No such pet" }, { status: 404 }),
};

/** An API that makes its effect, and whose answer is lost. */
function losing(make: (own: OpenApiPorts) => MCSToolDriver): LosingDriver {
  let count = 0;
  const fetch = async (): Promise<Response> => {
    count += 1;
    throw new TypeError("fetch failed");
  };
  return { driver: make({ fetch }), reached: () => count };
}

const calls = {
  succeeds: { tool: "getPet", args: { id: 7 }, result: { id: 7, name: "Rex" } },
  fails: { tool: "getPet", args: { id: 8 }, code: "MCS_NOT_FOUND" },
  large: { tool: "listPets", args: {}, result: pets },
} as const;

describeDriver("OpenApiDriver", {
  create: () => new OpenApiDriver(config, ports),
  createDetached: () => new OpenApiDriver(config, unreachable),
  ...calls,
  loses: { tool: "addPet", args: {}, create: () => losing((own) => new OpenApiDriver(config, own)) },
});
describeToolDriver("OpenApiToolDriver", {
  create: () => new OpenApiToolDriver(config, ports),
  createDetached: () => new OpenApiToolDriver(config, unreachable),
  ...calls,
  loses: { tool: "addPet", args: {}, create: () => losing((own) => new OpenApiToolDriver(config, own)) },
});
