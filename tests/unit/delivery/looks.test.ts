import { brand as concierge } from "@concierge/brands/concierge/brand.ts"
import { brand as marea } from "@concierge/brands/marea/brand.ts"
import { Brand } from "@concierge/core/brand/Brand.ts"
import { profileCalls } from "@concierge/core/brand/profile.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { states } from "../../fixtures/concierge.ts"
import { tell } from "../../layers/drive.ts"
import { userOf } from "../../layers/seen.ts"
import { ok, rejected, TelegramTest } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { says, saysInGroup, somebody, someGroup, taps } from "../../layers/updates.ts"

const toTheEnd = (person: ReturnType<typeof somebody>) =>
  tell(says(person, "/start"), taps(person, "play_audio"), taps(person, "finish"))

const sent = Effect.map(TelegramTest, (telegram) => telegram.sends().map(({ message }) => message))

describe("the end", () => {
  it.effect("comes with the brand's effect, and nothing else does", () =>
    Effect.gen(function* () {
      yield* toTheEnd(somebody())
      const effect = concierge.flow.steps.flatMap((step) => (step.kind === "finish" ? [step.effect] : []))
      assert.deepStrictEqual(
        (yield* sent).map((message) => message.effect),
        [undefined, undefined, ...effect],
      )
      assert.isString(effect[0])
    }).pipe(inWorld),
  )

  it.effect("comes without it where Telegram refuses it", () =>
    Effect.gen(function* () {
      const telegram = yield* TelegramTest
      telegram.script.push(ok, ok, rejected)
      const ana = somebody()
      yield* toTheEnd(ana)
      assert.strictEqual((yield* userOf(ana)).state, states.done)
      assert.deepStrictEqual(
        (yield* sent).slice(2).map(({ effect }) => typeof effect),
        ["string", "undefined"],
      )
      assert.lengthOf(telegram.accepted(), 3)
    }).pipe(inWorld),
  )

  it.effect("has a button that copies the brand's code", () =>
    Effect.gen(function* () {
      const ana = somebody()
      const way = ["step:level", "answer:level:skipper", "step:greeting", "step:season", "answer:season:summer"]
      yield* tell(says(ana, "/start"), ...way.map((data) => taps(ana, data)))
      const { copy, link } = { copy: "", link: "", ...marea.languages.en?.words.steps.aboard }
      const buttons = (yield* sent).flatMap((message) => message.buttons ?? [])
      assert.deepInclude(buttons, { text: copy, copy: "MAREA-AMIGO" })
      assert.isTrue(buttons.some((button) => button.text === link && "url" in button))
    }).pipe(Effect.provideService(Brand, marea), inWorld),
  )
})

describe("what a brand protects", () => {
  it.effect("is what its steps send, and no other message", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start"), says(ana, "/help"), saysInGroup(ana, someGroup(), "/start@concierge_test_bot"))
      assert.deepStrictEqual(
        (yield* sent).map(({ isProtected }) => isProtected === true),
        [true, false, false],
      )
    }).pipe(Effect.provideService(Brand, { ...concierge, protectsContent: true }), inWorld),
  )

  it.effect("is nothing unless it says so", () =>
    Effect.gen(function* () {
      yield* toTheEnd(somebody())
      assert.isTrue((yield* sent).every(({ isProtected }) => isProtected === undefined))
    }).pipe(inWorld),
  )
})

describe("what Telegram is told of a bot", () => {
  it.each([concierge, marea])("has all that it shows, in every language and for everybody else: $id", (brand) => {
    const calls = profileCalls(brand)
    for (const method of ["setMyCommands", "setMyDescription", "setMyShortDescription"] as const) {
      const languages = calls.filter((call) => call.method === method).map(({ values }) => values.language_code)
      assert.deepStrictEqual(languages, ["", ...Object.keys(brand.languages)])
    }
    const [fallback, first] = calls.filter(({ method }) => method === "setMyDescription")
    assert.strictEqual(fallback?.values.description, first?.values.description)
  })
})
