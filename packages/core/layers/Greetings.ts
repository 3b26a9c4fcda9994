import { createHash } from "node:crypto"
import * as Cache from "effect/Cache"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import type { Locale } from "../brand/Locale.ts"
import { makePace } from "../pace/makePace.ts"
import { Crowded, Greetings } from "../services/Greetings.ts"
import { keyForLog, Media } from "../services/Media.ts"
import { Metrics } from "../services/Metrics.ts"
import { Settings } from "../services/Settings.ts"
import { Speech, SpeechError, Throttled } from "../services/Speech.ts"
import { currentIso } from "../Time.ts"
import { makeSpeaking } from "./Speaking.ts"

/** How long a name that nobody had before waits for its turn. The message that it is for is sent by then, or as text. */
const patience = Duration.seconds(15)

/** Only so many wait that they have their turns within this: more would fill the workers' hands, and keep known names waiting. */
const longestLine = Duration.seconds(2)

/** Polly names no time with a refusal; it counts by the second. */
const retryAfter = Duration.seconds(1)

/** So often it is looked whether another worker has the audio. */
const lookEvery = Duration.millis(300)

/** Names that are being spoken at a time. */
const capacity = 1_000

/**
 * The media store is the cache. New names are spoken at the rate that the voice takes, which all workers share, in the
 * order in which they came; one that several wait for is asked for once, in whatever workers they wait.
 */
export const layer: Layer.Layer<Greetings, never, Media | Metrics | Settings | Speech> = Layer.effect(
  Greetings,
  Effect.gen(function* () {
    const media = yield* Media
    const speech = yield* Speech
    const metrics = yield* Metrics
    const settings = yield* Settings
    const pace = yield* makePace("pace#speech")
    const speaking = yield* makeSpeaking(settings)
    // Two workers' names are not taken for one that was refused twice, nor for a group, whose ids are below 0.
    let asked = yield* Random.nextIntBetween(1, 2 ** 40)
    const keyOf = (locale: Locale, text: string): string => `tts/${locale}/${speech.voice(locale)}/${sha256(text)}.mp3`

    const found = (key: string) =>
      media.get(key).pipe(
        Effect.catchReason("MediaError", "NotFound", () => Effect.succeed(undefined)),
        Effect.catchTag("MediaError", (error) =>
          Effect.as(
            Effect.logWarning("greeting cache not readable, synthesising", { key: keyForLog(key), error }),
            undefined,
          ),
        ),
      )

    /** The audio; undefined: to be asked for again. */
    const inTurn = Effect.fnUntraced(function* (
      key: string,
      locale: Locale,
      text: string,
      chatId: number,
      until: number,
    ) {
      const left = Duration.millis(until - (yield* Clock.currentTimeMillis))
      const ask = { chatId, lane: "arrival", arrivedAt: yield* currentIso, patience: left, longestLine } as const
      const turn = yield* pace.take(ask)
      if (turn._tag === "NotNow") return yield* (yield* Clock.currentTimeMillis) < until ? new Crowded() : tooMany
      // Another worker may have had it spoken meanwhile, or be about to.
      const isLimited = yield* pace.isOn
      const before = isLimited ? yield* found(key) : undefined
      if (before !== undefined) return yield* Effect.as(pace.giveBack(turn), before)
      if (isLimited && !(yield* speaking.isOurs(key))) {
        yield* pace.giveBack(turn)
        return yield* Effect.sleep(lookEvery)
      }
      const used = yield* pace.use(turn)
      return yield* speech.synthesize(locale, text).pipe(
        Effect.catchReason("SpeechError", "Throttled", () =>
          Effect.as(pace.refused(used, { method: "synthesize", chatId }, retryAfter), undefined),
        ),
        Effect.tapError(() => (isLimited ? speaking.giveUp(key) : Effect.void)),
      )
    })

    const spoken = Effect.fnUntraced(function* (key: string, locale: Locale, text: string) {
      const until = (yield* Clock.currentTimeMillis) + Duration.toMillis(patience)
      asked += 1
      const chatId = asked
      while ((yield* Clock.currentTimeMillis) < until) {
        const bytes = yield* inTurn(key, locale, text, chatId, until)
        if (bytes !== undefined) return bytes
      }
      return yield* tooMany
    })

    const made = Effect.fn("Greetings.audio")(function* (wish: string) {
      const [locale, text]: readonly [Locale, string] = JSON.parse(wish)
      const key = keyOf(locale, text)
      const cached = yield* found(key)
      yield* metrics.count(cached === undefined ? "GreetingMisses" : "GreetingHits")
      if (cached !== undefined) return cached
      const bytes = yield* spoken(key, locale, text)
      yield* media
        .put(key, bytes, "audio/mpeg")
        .pipe(
          Effect.catchTag("MediaError", (error) =>
            Effect.logWarning("greeting not cached, it will be synthesised again", { key: keyForLog(key), error }),
          ),
        )
      return bytes
    })
    const underWay = yield* Cache.makeWith(made, { capacity, timeToLive: () => Duration.zero })
    return Greetings.of({
      greeting: (locale, text) => ({
        key: keyOf(locale, text),
        audio: Cache.get(underWay, JSON.stringify([locale, text])),
      }),
    })
  }),
)

const tooMany = Effect.fail(
  new SpeechError({ reason: new Throttled({ cause: new Error("too many names wait for the voice") }) }),
)

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex")
