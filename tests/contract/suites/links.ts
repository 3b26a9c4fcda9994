import type { Link } from "@concierge/core/attribution/Link.ts"
import { newLinkId } from "@concierge/core/attribution/Link.ts"
import * as LinksLayer from "@concierge/core/layers/Links.ts"
import { Links } from "@concierge/core/services/Links.ts"
import type { Settings } from "@concierge/core/services/Settings.ts"
import { iso } from "@concierge/core/Time.ts"
import { assert, layer as suite } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as TestClock from "effect/testing/TestClock"
import { Stored } from "./Stored.ts"
import { reasonOf } from "./users/people.ts"

const at = iso("2026-03-04T05:06:07.000Z")
const bare: Link = { name: "Poster", createdAt: at }
const full: Link = {
  ...bare,
  name: 'Poster "north", <b>é</b> 🚉',
  ref_code: "station",
  utm: { source: "poster", medium: "print", campaign: "spring", content: "blue", term: "sea" },
  expiresAt: at,
  disabledAt: at,
}

export const linksContract = <E>(name: string, layer: Layer.Layer<Settings | Stored, E>) =>
  suite(LinksLayer.layer.pipe(Layer.provideMerge(layer)))(`Links: ${name}`, (it) => {
    it.effect.each([bare, full])("a link is read as it was stored: %#", (link) =>
      Effect.gen(function* () {
        const links = yield* Links
        const id = newLinkId()
        assert.isUndefined(yield* links.get(id))
        yield* links.put(id, link)
        assert.deepStrictEqual(yield* links.get(id), link)
        assert.deepStrictEqual(yield* links.find(id), link)
      }),
    )

    it.effect("a change is in force at once where it is made, and elsewhere within a minute", () =>
      Effect.gen(function* () {
        const links = yield* Links
        const id = newLinkId()
        yield* links.put(id, bare)
        const elsewhere = yield* Layer.build(Layer.fresh(LinksLayer.layer))
        const find = Links.use((links) => links.find(id)).pipe(Effect.provide(elsewhere))
        assert.deepStrictEqual(yield* find, bare)
        yield* links.put(id, full)
        assert.deepStrictEqual(yield* links.find(id), full)
        assert.deepStrictEqual(yield* find, bare)
        yield* TestClock.adjust("1 minute")
        assert.deepStrictEqual(yield* find, full)
      }),
    )

    it.effect("what does not decode is Corrupt to whoever looks, and none to the worker", () =>
      Effect.gen(function* () {
        const links = yield* Links
        const id = newLinkId()
        yield* (yield* Stored).put("settings", { key: `link#${id}`, value: { name: 5 } })
        assert.strictEqual(yield* reasonOf(links.get(id)), "Corrupt")
        assert.isUndefined(yield* links.find(id))
      }),
    )
  })
