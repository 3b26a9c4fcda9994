import { maxBody } from "@concierge/core/updates/Envelope.ts"
import { assert, describe, it } from "@effect/vitest"
import { measured, type Row } from "../../../bench/hostile/growth.ts"
import { rows } from "../../../bench/hostile/rows.ts"
import { troubleOf, worstOf } from "../../../bench/hostile/verdict.ts"

/** A row on a clock that only its own work moves on: so many milliseconds, by its bytes and how often it was measured. */
const clocked = (cost: (bytes: number, attempt: number) => number) => {
  let [now, attempts] = [0, 0]
  const at = (bytes: number) => {
    const attempt = Math.floor(attempts++ / 2)
    return { bytes, run: () => (now += cost(bytes, attempt)) }
  }
  const row: Row = { what: "reading", input: "words", sizes: { small: 1_000, large: 16_000 }, at }
  return { found: measured(row, () => now), attempts: () => attempts / 2 }
}

describe("the growth of what a byte takes", () => {
  it("is 1 for linear time, and 16 for quadratic, which is trouble", () => {
    const linear = clocked((bytes) => bytes / 1_000)
    assert.deepStrictEqual([linear.found.growth, linear.attempts()], [1, 1])
    assert.isUndefined(troubleOf(linear.found))
    const quadratic = clocked((bytes) => (bytes / 1_000) ** 2)
    assert.deepStrictEqual([quadratic.found.growth, quadratic.attempts()], [16, 2])
    assert.strictEqual(
      troubleOf(quadratic.found),
      "reading of words takes more than linear time: 16.0 times as long a byte (ms for bytes: 1,000: 1, 16,000: 256)",
    )
  })

  it("is asked for once more where something else may have come in between", () => {
    const disturbed = clocked((bytes, attempt) => (attempt === 0 ? (bytes / 1_000) ** 2 : bytes / 1_000))
    assert.deepStrictEqual([disturbed.found.growth, disturbed.attempts()], [1, 2])
  })

  it("is none where memory is what takes the time", () => {
    assert.strictEqual(clocked((bytes) => 1e-12 * bytes ** 2).found.growth, 1)
  })

  it("is shown by the worst of each", () => {
    const { found } = clocked((bytes) => bytes / 1_000)
    const all = [found, { ...found, input: "commas", growth: 2 }, { ...found, what: "writing" }]
    assert.deepStrictEqual(
      worstOf(all).map(({ input, what }) => [what, input]),
      [
        ["reading", "commas"],
        ["writing", "words"],
      ],
    )
  })
})

/** What comes of the small inputs of one thing. */
const results = (what: string) =>
  rows.flatMap((row) => (row.what === what ? [{ input: row.input, result: row.at(row.sizes.small).run() }] : []))

describe("the inputs", () => {
  it("fill a body, and fit into it", () => {
    for (const { at, input, sizes, what } of rows.filter(({ what }) => what.startsWith("webhook"))) {
      const { bytes } = at(sizes.large)
      assert.isTrue(bytes > 0.99 * maxBody && bytes <= maxBody, `${what} of ${input}: ${bytes}`)
    }
  })

  it("are taken in by the webhook, unless they are no update", () => {
    const statuses = (what: string) => new Set(results(`webhook, ${what}`).map(({ result }) => result))
    assert.deepStrictEqual(statuses("a text"), new Set([200]))
    assert.deepStrictEqual(statuses("a name"), new Set([200]))
    assert.deepStrictEqual(statuses("no update"), new Set([400]))
  })

  it("reach a message of the worker's, a name in it and cut short", () => {
    for (const { input, result } of results("worker, a name")) {
      assert.isString(result, input)
      assert.isAtMost(String(result).length, 2_000, input)
    }
    const greeting = results("worker, a name").find(({ input }) => input === "ampersands")
    assert.include(String(greeting?.result), `${"&amp;".repeat(64)}…`)
    for (const what of ["a text", "a command", "a language", "a button", "a tap"]) {
      for (const { input, result } of results(`worker, ${what}`)) assert.isNotEmpty(result, `${what} of ${input}`)
    }
  })

  it("as payloads are of up to 512 characters, and read", () => {
    for (const what of ["a code", "a token", "a query"]) {
      const tags = rows.filter((row) => row.what === `parse, ${what}`).map((row) => row.at(row.sizes.large).run())
      assert.isFalse(JSON.stringify(tags).includes("too long"), what)
    }
    assert.include(JSON.stringify(results("parse, a token")), '"form":"token"')
    assert.include(JSON.stringify(results("parse, a query")), '"form":"query"')
  })
})
