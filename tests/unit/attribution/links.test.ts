import type { Link } from "@concierge/core/attribution/Link.ts"
import * as Composed from "@concierge/core/layers/composed.ts"
import { Links } from "@concierge/core/services/Links.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { iso } from "@concierge/core/Time.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { Tables } from "../../../packages/local/store/Tables.ts"
import { states } from "../../fixtures/concierge.ts"
import { copy } from "../../fixtures/copy.ts"
import { tell } from "../../layers/drive.ts"
import { outcomeOf, userOf } from "../../layers/seen.ts"
import { TelegramTest } from "../../layers/telegram.ts"
import { inWorld } from "../../layers/testWorld.ts"
import { says, somebody, taps } from "../../layers/updates.ts"

const linkId = "abcdEFGH0123-_xy"
const at = iso("2026-03-04T05:06:07.000Z")
const utm = { source: "poster", campaign: "spring" }
const poster: Link = { name: "Poster", ref_code: "station", utm, createdAt: at }

/** As the operator's tool does, in another process. */
const store = (link: Link, id = linkId) =>
  Effect.flatMap(Settings, (settings) => settings.put({ key: `link#${id}`, value: link }))

const inAnotherContainer = Effect.provide(Layer.fresh(Composed.layer))

const lastSaid = Effect.map(TelegramTest, (telegram) => telegram.sends().at(-1)?.message.html ?? "")

describe("a stored link", () => {
  it.effect("attributes who comes by it, verified, with its click", () =>
    Effect.gen(function* () {
      yield* store(poster)
      const ana = somebody()
      yield* tell(says(ana, `/start l_${linkId}-Cj-w`))
      assert.deepInclude(yield* userOf(ana), {
        linkId,
        clickId: "Cj-w",
        ref_code: "station",
        utm,
        verified: true,
        attributed_at: at,
        state: states.video,
      })
      assert.notInclude(yield* lastSaid, copy.en.linkOver)
    }).pipe(inWorld),
  )

  const over: ReadonlyArray<readonly ["expired" | "disabled", Partial<Link>]> = [
    ["expired", { expiresAt: at }],
    ["disabled", { disabledAt: at }],
  ]
  it.effect.each(over)("that is %s onboards all the same, says so, and verifies nothing", ([linkState, change]) =>
    Effect.gen(function* () {
      yield* store({ ...poster, ...change })
      const ana = somebody()
      yield* tell(says(ana, `/start l_${linkId}`))
      const user = yield* userOf(ana)
      assert.deepInclude(user, { linkId, linkState, utm, state: states.video })
      assert.notProperty(user, "verified")
      assert.isTrue((yield* lastSaid).startsWith(copy.en.linkOver))
    }).pipe(inWorld),
  )

  it.effect("that is over is told of in the person's language, and with the menu to whoever has finished", () =>
    Effect.gen(function* () {
      yield* store({ ...poster, disabledAt: at })
      const ana = somebody({ language_code: "es-MX" })
      yield* tell(says(ana, "/start"), taps(ana, "play_audio"), taps(ana, "finish"), says(ana, `/start l_${linkId}`))
      assert.strictEqual(yield* lastSaid, `${copy.es.linkOver}\n\n${copy.es.menu.text}`)
    }).pipe(inWorld),
  )

  it.effect("that nobody knows is a plain code, of which nothing is said", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start l_summer_campaign1"))
      const user = yield* userOf(ana)
      assert.strictEqual(user.ref_code, "l_summer_campaign1")
      assert.doesNotHaveAnyKeys(user, ["linkId", "verified", "linkState"])
      assert.notInclude(yield* lastSaid, copy.en.linkOver)
    }).pipe(inWorld),
  )

  it.effect("that does not decode stops nobody", () =>
    Effect.gen(function* () {
      yield* (yield* Settings).put({ key: `link#${linkId}`, value: { name: 5 } })
      const ana = somebody()
      const start = yield* says(ana, `/start l_${linkId}`)
      yield* tell(Effect.succeed(start))
      assert.strictEqual(yield* outcomeOf(start), "applied")
      assert.strictEqual((yield* userOf(ana)).ref_code, `l_${linkId}`)
    }).pipe(inWorld),
  )

  it.effect("is read once a minute, and so is that there is none", () =>
    Effect.gen(function* () {
      const { calls } = yield* Tables
      const links = yield* Links
      const reads = calls.reads
      for (let times = 0; times < 3; times++) assert.isUndefined(yield* links.find(linkId))
      yield* store(poster)
      assert.isUndefined(yield* links.find(linkId))
      assert.strictEqual(calls.reads, reads + 1)
      yield* TestClock.adjust("1 minute")
      assert.deepStrictEqual(yield* links.find(linkId), poster)
      yield* store({ ...poster, disabledAt: at })
      yield* TestClock.adjust("59 seconds")
      assert.deepInclude(yield* links.find(linkId), { disabledAt: at })
    }).pipe(inWorld),
  )

  it.effect("that is edited later leaves who came by it as they were", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* store(poster)
      yield* tell(says(ana, `/start l_${linkId}`))
      yield* inAnotherContainer(
        Effect.flatMap(Links, (links) => links.put(linkId, { ...poster, utm: { campaign: "autumn" } })),
      )
      yield* TestClock.adjust("1 minute")
      yield* tell(taps(ana, "play_audio"), says(ana, `/start l_${linkId}`))
      const user = yield* userOf(ana)
      assert.deepStrictEqual(user.utm, utm)
      assert.deepInclude(user, { last_link: linkId, last_utm: { campaign: "autumn" } })
    }).pipe(inWorld),
  )
})

describe("the last touch", () => {
  const lastOf = ({
    last_click,
    last_link,
    last_ref_code,
    last_touch_at,
    last_utm,
  }: Effect.Success<ReturnType<typeof userOf>>) => ({ last_click, last_link, last_ref_code, last_touch_at, last_utm })

  it.effect("is kept beside the first, whole, by the latest /start that says something", () =>
    Effect.gen(function* () {
      yield* store(poster)
      const ana = somebody()
      yield* tell(says(ana, "/start ref_first"))
      assert.notProperty(yield* userOf(ana), "last_touch_at")
      yield* TestClock.adjust("1 minute")
      yield* tell(says(ana, `/start l_${linkId}-7`))
      const linked = { last_click: "7", last_link: linkId, last_ref_code: "station", last_utm: utm }
      assert.deepInclude(lastOf(yield* userOf(ana)), linked)
      yield* tell(says(ana, "/start"))
      assert.deepInclude(lastOf(yield* userOf(ana)), linked)
      yield* TestClock.adjust("1 minute")
      yield* tell(says(ana, "/start ref_last"))
      const { last_touch_at, ...last } = lastOf(yield* userOf(ana))
      assert.deepStrictEqual(last, {
        last_click: undefined,
        last_link: undefined,
        last_ref_code: "ref_last",
        last_utm: undefined,
      })
      assert.isTrue(last_touch_at !== undefined && last_touch_at > at)
      assert.strictEqual((yield* userOf(ana)).ref_code, "ref_first")
    }).pipe(inWorld),
  )

  it.effect("may be what nobody's link says, and that never takes the first one's place", () =>
    Effect.gen(function* () {
      const ana = somebody()
      yield* tell(says(ana, "/start hello from my friend"), says(ana, "/start undefined"))
      const typed = yield* userOf(ana)
      assert.doesNotHaveAnyKeys(typed, ["attributed_at", "ref_code"])
      assert.strictEqual(typed.last_ref_code, "undefined")
      yield* TestClock.adjust("1 minute")
      yield* tell(says(ana, "/start camp_spring"))
      assert.strictEqual((yield* userOf(ana)).ref_code, "camp_spring")
    }).pipe(inWorld),
  )
})
