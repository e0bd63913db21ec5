// Written by the build from package.json.
/** Who this driver is: its id is its own for ever, its version is the package's. */
export const manifest: { readonly id: string; readonly version: string } = {
  id: "6f1f1a0e-52c4-4d0b-9f0e-3a4d1c7b8e21",
  version: "0.0.0",
};
