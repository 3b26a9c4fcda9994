import * as Cache from "effect/Cache"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Link } from "../attribution/Link.ts"
import { Links } from "../services/Links.ts"
import { Corrupt } from "../services/reasons.ts"
import { Settings, SettingsError } from "../services/Settings.ts"

/** With the seconds that a change takes to be written, it is in force within a minute. */
const knownFor = Duration.seconds(45)

/** As many as a container remembers; the one that nobody has come by longest goes first. */
const capacity = 2_000

export const linkKey = (linkId: string): string => `link#${linkId}`

export const layer: Layer.Layer<Links, never, Settings> = Layer.effect(
  Links,
  Effect.gen(function* () {
    const settings = yield* Settings
    const decode = Schema.decodeUnknownEffect(Link)
    const get = Effect.fnUntraced(function* (linkId: string) {
      const value = Option.getOrUndefined(yield* settings.get(linkKey(linkId)))
      if (value === undefined) return undefined
      return yield* Effect.mapError(decode(value), (cause) => new SettingsError({ reason: new Corrupt({ cause }) }))
    })
    const unreadable = (linkId: string) =>
      Effect.as(Effect.logWarning("a stored link cannot be read, its people count as unlinked", { linkId }), undefined)
    const known = yield* Cache.makeWith(
      (linkId: string) =>
        get(linkId).pipe(
          Effect.catchReasons("SettingsError", {
            Corrupt: () => unreadable(linkId),
            Newer: () => unreadable(linkId),
          }),
        ),
      { capacity, timeToLive: (exit) => (Exit.isSuccess(exit) ? knownFor : Duration.zero) },
    )
    return Links.of({
      find: (linkId) => Cache.get(known, linkId),
      get,
      put: (linkId, link) =>
        Effect.andThen(settings.put({ key: linkKey(linkId), value: link }), Cache.invalidate(known, linkId)),
    })
  }),
)
