import { parse } from "@concierge/core/attribution/StartPayload.ts"
import { commandOf } from "@concierge/core/onboarding/Command.ts"
import { maxBody } from "@concierge/core/updates/Envelope.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { drain, receive, tell } from "../layers/drive.ts"
import { outcomeOf, queued } from "../layers/seen.ts"
import { inWorld } from "../layers/testWorld.ts"
import { says, somebody } from "../layers/updates.ts"
import { Dice } from "../simulator/chance.ts"
import { bodyOf, nonsense } from "./hostile/bodies.ts"
import { mutated } from "./hostile/mutate.ts"

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Bodies in a run; each is answered, and what was accepted is worked. */
const bodies = process.env.CI === undefined ? 1_500 : 10_000

describe("hostile bodies", () => {
  it.effect.each(nonsense)("%s: an answer from the table, and the queue goes on", ([, body, expected]) =>
    Effect.gen(function* () {
      const { status } = yield* receive(typeof body === "string" ? encode(body) : body)
      assert.strictEqual(status, expected)
      const start = yield* says(somebody(), "/start")
      yield* tell(Effect.succeed(start))
      assert.strictEqual(yield* outcomeOf(start), "applied")
      // What was accepted has ended too: it neither dies nor blocks.
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
    }).pipe(inWorld),
  )

  it.effect("whatever a fuzzer makes of updates: 200, 400 or 413, and an outcome for every 200", () =>
    Effect.gen(function* () {
      const dice = new Dice("hostile bodies")
      const statuses = new Map<number, number>()
      for (let count = 0; count < bodies; count++) {
        const bytes = mutated(dice, bodyOf(dice))
        const { body, status } = yield* receive(bytes)
        assert.include([200, 400, 413], status, new TextDecoder().decode(bytes).slice(0, 500))
        assert.isObject(JSON.parse(body))
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        if (count % 100 === 99) yield* drain
      }
      yield* drain
      assert.deepStrictEqual(yield* queued, { waiting: 0, dead: 0 })
      assert.isAbove(statuses.get(200) ?? 0, bodies / 10)
      assert.isAbove(statuses.get(400) ?? 0, bodies / 10)
    }).pipe(inWorld),
  )

  it.effect("as large as allowed and one byte more", () =>
    Effect.gen(function* () {
      const frame = '{"update_id":1,"x":""}'
      const whole = frame.replace('""', `"${"é".repeat((maxBody - frame.length) / 2)}"`)
      const full = encode(whole.padEnd(whole.length + (maxBody - encode(whole).length)))
      assert.strictEqual(full.byteLength, maxBody)
      assert.strictEqual((yield* receive(full)).status, 200)
      assert.strictEqual((yield* receive(encode(`${new TextDecoder().decode(full)} `))).status, 413)
    }).pipe(inWorld),
  )
})

describe("a hostile token", () => {
  it("is understood or not, never an exception, and nothing of it is longer than it was", () => {
    const dice = new Dice("hostile tokens")
    for (let count = 0; count < bodies * 4; count++) {
      const payload = tokenOf(dice)
      const understood = parse(payload)
      assert.include(["None", "Link", "Understood", "NotUnderstood"], understood._tag)
      if (understood._tag !== "Understood") continue
      const { ref_code = "", utm = {} } = understood.attribution
      for (const value of [ref_code, ...Object.values(utm)]) {
        assert.isAtMost(value.length, payload.length)
        assert.isTrue(value.isWellFormed())
      }
      assert.isNull(Object.getPrototypeOf(Object.getPrototypeOf(understood.attribution)))
    }
  })

  it("in a command, however it is written, is found or not", () => {
    const dice = new Dice("hostile commands")
    for (let count = 0; count < bodies; count++) {
      const command = commandOf(`/start${dice.of(["", "@", "@x", " ", "\n", "\u00a0"])}${tokenOf(dice)}`)
      if (command !== undefined) assert.match(command.name, /^[a-z0-9_]{1,32}$/)
    }
  })
})

const pieces = [
  "|",
  "a|b|c|d|e|f",
  "utm_source=x",
  "%",
  "%ff",
  "&",
  "=",
  "__proto__",
  "constructor",
  "\ud800",
  "\u202e",
  "é",
  "😀",
  "l_",
  "\0",
  "A",
  "-",
  "_",
]

const tokenOf = (dice: Dice): string => {
  const text = Array.from({ length: dice.below(12) }, () => dice.of(pieces).repeat(1 + dice.below(4))).join("")
  const form = dice.below(3)
  if (form === 0) return text
  const base64 = Buffer.from(text, form === 1 ? "utf8" : "latin1").toString("base64url")
  return dice.is(0.2) ? `${base64}=` : base64
}
