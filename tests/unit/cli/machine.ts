import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Tables from "../../../packages/local/store/Tables.ts"

/** Data of a machine for the tests of one file, which commands find as they find an operator's. Gives its folder. */
export const aMachine = (): string => {
  const directory = mkdtempSync(join(tmpdir(), "concierge-cli-"))
  const before = process.env.CONCIERGE_DATA
  beforeAll(async () => {
    process.env.CONCIERGE_DATA = directory
    await Effect.runPromise(Effect.scoped(Layer.build(Tables.layer(join(directory, "concierge.sqlite")))))
  })
  afterAll(() => {
    if (before === undefined) delete process.env.CONCIERGE_DATA
    else process.env.CONCIERGE_DATA = before
    rmSync(directory, { recursive: true })
  })
  return directory
}
