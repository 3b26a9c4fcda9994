import { assert, describe, it } from "@effect/vitest"
import { makeRush } from "../../packages/local/queue/rush.ts"

const arriving = (times: ReadonlyArray<number>, utilization = 0.5) => {
  const rush = makeRush(() => utilization)
  for (const time of times) rush.arrived(time)
  return rush
}

const everyMillisecond = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index)

describe("a rush", () => {
  it("is on while updates come in at hundreds a second, and over soon after", () => {
    const rush = arriving(everyMillisecond(1_000, 130))
    assert.isTrue(rush.isOn(1_130))
    assert.isFalse(rush.isOn(1_400))
  })

  it("is on while fewer come to a thread that has no time left, and not for a few", () => {
    const every = (millis: number) => everyMillisecond(1_000, 300).filter((time) => time % millis === 0)
    assert.isTrue(arriving(every(10), 0.95).isOn(1_300))
    assert.isFalse(arriving(every(10), 0.5).isOn(1_300))
    assert.isFalse(arriving(every(150), 0.95).isOn(1_300))
  })

  it("is none when few come, or when many came long ago", () => {
    assert.isFalse(arriving([]).isOn(5))
    assert.isFalse(arriving(everyMillisecond(0, 200).filter((time) => time % 10 === 0)).isOn(200))
    assert.isFalse(arriving([...everyMillisecond(1_000, 130), 9_000]).isOn(9_001))
  })
})
