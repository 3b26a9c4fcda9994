import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { same, sign } from "./signature.ts"

/** 403: the message is fit to be shown to whoever opened the link. */
export class LinkRefused extends Schema.TaggedError<LinkRefused>()("LinkRefused", { message: Schema.String }) {}

export interface Options {
  /** Of the server that has the media routes, e.g. `http://127.0.0.1:8787`. */
  readonly origin: string
  readonly signingKey: Redacted.Redacted<string>
  /** How long a link is good for; 10 minutes unless given. */
  readonly lifetime?: Duration.Input
}

/** What a link says of itself. */
export const Claim = Schema.Struct({ expires: Schema.String, signature: Schema.String })

/** Below which path of the origin the objects are served. */
export const linkPath = "/media-files"

const defaultLifetime = Duration.minutes(10)

/** Links to objects on this machine: signed, and good for a while. */
export class MediaLinks extends Context.Service<
  MediaLinks,
  {
    to(key: string): Effect.Effect<string>
    /** Succeeds when the link was made here for this very key and has not expired. */
    check(key: string, claim: typeof Claim.Type): Effect.Effect<void, LinkRefused>
  }
>()("@concierge/local/media/MediaLinks") {}

export const layer = (options: Options): Layer.Layer<MediaLinks> => {
  const secret = Redacted.value(options.signingKey)
  const lifetime = Duration.toSeconds(options.lifetime ?? defaultLifetime)
  return Layer.succeed(
    MediaLinks,
    MediaLinks.of({
      to: Effect.fn("MediaLinks.to")(function* (key) {
        const now = yield* Clock.currentTimeMillis
        const expires = String(Math.ceil(now / 1000 + lifetime))
        const query = new URLSearchParams({ expires, signature: sign(secret, key, expires) })
        return `${options.origin}${linkPath}/${key}?${query}`
      }),
      check: Effect.fn("MediaLinks.check")(function* (key, claim) {
        if (!same(claim.signature, sign(secret, key, claim.expires))) {
          return yield* new LinkRefused({ message: "The signature of this link is wrong." })
        }
        if ((yield* Clock.currentTimeMillis) >= Number(claim.expires) * 1000) {
          return yield* new LinkRefused({ message: "This link has expired." })
        }
      }),
    }),
  )
}
