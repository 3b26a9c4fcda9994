import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { parseRange } from "../../packages/local/media/range.ts"

const whole = { _tag: "Whole" }
const unsatisfiable = { _tag: "Unsatisfiable" }
const part = (start: number, end: number) => ({ _tag: "Part", start, end })

describe("parseRange", () => {
  it.each([
    ["from the start", "bytes=0-9", part(0, 9)],
    ["one byte", "bytes=5-5", part(5, 5)],
    ["to the end", "bytes=90-", part(90, 99)],
    ["beyond the end", "bytes=90-1000", part(90, 99)],
    ["the last bytes", "bytes=-10", part(90, 99)],
    ["more last bytes than there are", "bytes=-1000", part(0, 99)],
    ["the unit in capitals", "Bytes=0-9", part(0, 9)],
    ["beginning after the end", "bytes=100-", unsatisfiable],
    ["no last bytes", "bytes=-0", unsatisfiable],
    ["no header", undefined, whole],
    ["nothing said", "bytes=-", whole],
    ["backwards", "bytes=9-0", whole],
    ["a list", "bytes=0-1,5-9", whole],
    ["another unit", "lines=0-9", whole],
    ["a sign", "bytes=+1-9", whole],
  ])("%s", (_, header, expected) => {
    assert.deepStrictEqual<unknown>(parseRange(header, 100), expected)
  })

  it("has no part of an empty file", () => {
    assert.deepStrictEqual<unknown>(parseRange("bytes=0-", 0), unsatisfiable)
    assert.deepStrictEqual<unknown>(parseRange("bytes=-1", 0), unsatisfiable)
  })

  const size = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1000 }))
  it.prop("a part lies within the file", [size, size, size], ([first, last, bytes]) => {
    const range = parseRange(`bytes=${first}-${last}`, bytes)
    if (range._tag === "Part") assert.isTrue(range.start <= range.end && range.end < bytes)
  })
})
