import { globSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join, posix } from "node:path";
import { checkPlatform } from "./check-platform.ts";
import { matches, secretOpener } from "./layers.ts";
import { availableTo, faultOfTarget, layerOf } from "./package-relations.ts";
import { readImports, type ImportSite } from "./read-imports.ts";
import type { ImportRule, Violation } from "./violation.ts";
import type { WorkspacePackage } from "./workspace.ts";

/** Holds one package against the layers: its manifest, and what the files below `src` import. */
export function checkPackage(
  root: string,
  subject: WorkspacePackage,
  workspace: readonly WorkspacePackage[],
): readonly Violation[] {
  const files = readSources(root, subject);
  const { name } = subject.manifest;
  if (layerOf(subject) === undefined)
    return [inManifest(subject, "name", "no-layer", `${name} has no row in tooling/scripts/src/layers.ts`)];
  return [
    ...checkManifest(subject, workspace),
    ...[...files].flatMap(([file, sites]) =>
      sites.flatMap((site) => checkSite(subject, workspace, file, site)),
    ),
    ...checkPlatform(subject, files),
  ];
}

function readSources(root: string, { folder }: WorkspacePackage): ReadonlyMap<string, readonly ImportSite[]> {
  const paths = globSync(`${folder}/src/**/*.{ts,mts,js,mjs}`, { cwd: root }).toSorted();
  return new Map(
    paths.map((path) => [
      path.replaceAll("\\", "/"),
      readImports(path, readFileSync(join(root, path), "utf8")),
    ]),
  );
}

function checkManifest(
  subject: WorkspacePackage,
  workspace: readonly WorkspacePackage[],
): readonly Violation[] {
  return [...availableTo(subject)].flatMap((dependency) => {
    const fault = faultOfTarget(subject, dependency, workspace);
    return fault === undefined ? [] : [inManifest(subject, dependency, fault.rule, fault.message)];
  });
}

function checkSite(
  subject: WorkspacePackage,
  workspace: readonly WorkspacePackage[],
  file: string,
  { specifier, line }: ImportSite,
): readonly Violation[] {
  const { name, devDependencies, private: isPrivate } = subject.manifest;
  const found = (rule: ImportRule, message: string): Violation[] => [{ file, line, rule, message }];

  if (specifier === undefined)
    // What is not published may import all of ours, so there is nothing to check.
    return isPrivate === true ? [] : found("computed", "import() needs a literal, so that it can be checked");
  if (specifier.startsWith(".") || specifier.startsWith("/")) {
    const target = posix.join(posix.dirname(file), specifier);
    const inside = !specifier.startsWith("/") && target.startsWith(`${subject.folder}/`);
    return inside
      ? []
      : found("outside", `${specifier} leaves ${subject.folder}; import the package by its name`);
  }
  // What stands behind a `#` is chosen by the package itself, in the "imports" of its manifest.
  if (isBuiltin(specifier) || specifier.startsWith("#")) return [];
  if (specifier === secretOpener.module && !matches(name, secretOpener.importers))
    return found("open-secret", `only ${secretOpener.importers.join(", ")} may import ${specifier}`);

  const target = packageOf(specifier);
  if (target === name || availableTo(subject).has(target)) {
    const fault = faultOfTarget(subject, target, workspace);
    return fault === undefined ? [] : found(fault.rule, fault.message);
  }
  if (devDependencies?.[target] !== undefined)
    return found(
      "dev-only",
      `${target} is a devDependency of ${name}, and src needs it: make it a dependency`,
    );
  return found("undeclared", `${target} is not among the dependencies of ${name}`);
}

/** `@scope/name/sub` → `@scope/name`. */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function inManifest(
  { folder, manifestText }: WorkspacePackage,
  key: string,
  rule: ImportRule,
  message: string,
): Violation {
  const before = manifestText.slice(0, Math.max(manifestText.indexOf(`"${key}":`), 0));
  return { file: `${folder}/package.json`, line: before.split("\n").length, rule, message };
}
