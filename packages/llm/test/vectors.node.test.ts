import { Validator, type Schema } from "@cfworker/json-schema";
import { describe, expect, test } from "vitest";
import {
  meantOf,
  nativeOf,
  beginningsOf,
  promptOf,
  readingOf,
  typeOf,
  writtenOf,
} from "./vectors/outputs.ts";
import { readVectorJson, readVectors, vectorFileNames } from "./vectors/vector-files.ts";

describe("golden vectors", () => {
  const schema = new Validator(readVectorJson("vectors.schema") as Schema, "2020-12", false);

  test.each([...vectorFileNames, "tool-sets"])("%s.json fits the schema", (name) => {
    expect(schema.validate(readVectorJson(name)).errors).toEqual([]);
  });

  test("have an id each", () => {
    const ids = vectorFileNames.flatMap((name) => readVectors(name).map(({ id }) => id));
    expect(ids.filter((id, position) => ids.indexOf(id) !== position)).toEqual([]);
  });

  test.each(readVectors("types"))("$id $title", (one) => {
    expect(typeOf(one)).toEqual({ type: one.type });
  });

  test.each(readVectors("sentences"))("$id $title", (one) => {
    expect(beginningsOf(one)).toEqual({ beginnings: one.beginnings });
  });

  test.each(readVectors("prompts"))("$id $title", (one) => {
    expect({ ...one, ...promptOf(one) }).toEqual(one);
  });

  test.each(readVectors("native-tools"))("$id $title", (one) => {
    expect({ ...one, ...nativeOf(one) }).toEqual(one);
    expect(writtenOf(one)).toEqual(one.calls.map(({ written }) => written));
    expect(meantOf(one)).toEqual(one.calls.map(({ meant, written }) => written && meant));
  });

  test.each([...readVectors("answers-text"), ...readVectors("answers-native")])("$id $title", (one) => {
    expect(readingOf(one)).toEqual(one.reading);
  });
});
