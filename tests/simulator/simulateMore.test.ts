import { describe, it } from "@effect/vitest"
import { chunksOf, holds, patience } from "./half.ts"

describe("the invariants hold whatever fails, second half", () => {
  it.each(chunksOf(1))("schedules $from to $to", holds, patience)
})
