import { describe, it } from "@effect/vitest"
import { chunksOf, holds, patience } from "./half.ts"

describe("the invariants hold whatever fails, first half", () => {
  it.each(chunksOf(0))("schedules $from to $to", holds, patience)
})
