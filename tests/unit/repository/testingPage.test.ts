import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"

const text = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8")

describe("docs/testing.md", () => {
  it("shows the example that the tests run", () => {
    const [, shown] = /```ts\n(.*?)```/s.exec(text("../../../docs/testing.md")) ?? []
    assert.strictEqual(shown, text("./swapALayer.test.ts"))
  })
})
