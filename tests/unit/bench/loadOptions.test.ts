import { assert, describe, it } from "@effect/vitest"
import { optionsOf } from "../../../bench/load/options.ts"

describe("the options of npm run load", () => {
  it("are 100 a second for two minutes and then 20 times as many, unless told otherwise", () => {
    const defaults = { rate: 100, seconds: 120, burst: 20, burstSeconds: 10, json: false, check: false, help: false }
    assert.deepStrictEqual(optionsOf([]), defaults)
    assert.deepStrictEqual(optionsOf(["--rate", "2.5", "--burst-seconds=3", "--json"]), {
      ...defaults,
      rate: 2.5,
      burstSeconds: 3,
      json: true,
    })
  })

  it.each([
    [["--rate", "0"], '--rate must be a number above 0, not "0"'],
    [["--rate", "-5"], '--rate must be a number above 0, not "-5"'],
    [["--seconds=-1"], '--seconds must be a number above 0, not "-1"'],
    [["--burst", "many"], '--burst must be a number above 0, not "many"'],
    [["--burst-seconds", ""], '--burst-seconds must be a number above 0, not ""'],
    [["--rate", "1e999"], '--rate must be a number above 0, not "1e999"'],
  ])("are refused in one line: %j", (args, sentence) => {
    assert.strictEqual(optionsOf(args), sentence)
  })

  it("that do not exist are refused", () => {
    const refusal = optionsOf(["--speed", "3"])
    assert.match(String(refusal), /--speed/)
    assert.notInclude(String(refusal), "\n")
  })
})
