import { eventId } from "@concierge/core/ids.ts"
import { Archive } from "@concierge/core/services/Archive.ts"
import { Events } from "@concierge/core/services/Events.ts"
import { Settings } from "@concierge/core/services/Settings.ts"
import { iso } from "@concierge/core/Time.ts"
import { assert, layer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"

/** Whole tables, page by page: all that is there, once each, and of an event what the funnel counts. */
export const archiveContract = <E>(name: string, stores: Layer.Layer<Archive | Events | Settings, E>) =>
  layer(stores)(`Archive: ${name}`, (it) => {
    it.effect("gives the settings of a prefix, and none beside it", () =>
      Effect.gen(function* () {
        const { put } = yield* Settings
        const { settings } = yield* Archive
        for (const key of ["archived#a", "archived#b", "archived", "archivedx", "archives#c", "archive"])
          yield* put({ key, value: key })
        const found = yield* Stream.runCollect(settings("archived#"))
        assert.sameDeepMembers(
          found.map(({ fields, key }) => [key, fields.value]),
          [
            ["archived#a", "archived#a"],
            ["archived#b", "archived#b"],
          ],
        )
      }),
    )

    it.effect("gives every event once, over however many pages", () =>
      Effect.gen(function* () {
        const events = yield* Events
        const archive = yield* Archive
        const at = iso("2026-03-04T05:06:07.000Z")
        const ids = Array.from({ length: 60 }, (_, index) => eventId(`7077:${index}`))
        const claim = { eventType: "start", payload: { text: "x".repeat(40_000) }, timestamp: at, expiresAt: 4e9 }
        yield* Effect.forEach(ids, (id) => events.claim({ ...claim, eventId: id }), { concurrency: 10 })
        const counted = { reached: "DONE", run: 1, language: "en", countedAt: at, origin: "-" }
        for (const id of ids.slice(0, 2)) yield* events.finish({ eventId: id, outcome: "applied", at, counted })
        const all = yield* Stream.runCollect(archive.events)
        const found = all.filter(({ eventId }) => eventId.startsWith("7077:"))
        assert.sameMembers(
          found.map((event) => event.eventId),
          ids,
        )
        const reached = found.filter(({ counted }) => counted.countedAt !== undefined)
        assert.lengthOf(reached, 2)
        assert.deepInclude(reached[0]?.counted, counted)
        assert.isAtLeast(yield* archive.size, 0)
      }),
    )
  })
