import { readFile } from "node:fs/promises"
import { currentIso, plus } from "@concierge/core/Time.ts"
import { environment } from "@concierge/local/host/environment.ts"
import { newSecret, readSecret, writeSecret } from "@concierge/local/host/keptSecret.ts"
import { secretFile } from "@concierge/local/host/settings.ts"
import { writeAtomically } from "@concierge/local/media/writeAtomically.ts"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Redacted from "effect/Redacted"
import { BadInput } from "../../BadInput.ts"
import { ofTheSameBot } from "./rotateToken.ts"
import { overlap, type Rotated } from "./rotateWebhook.ts"
import { Steps } from "./Steps.ts"

const unusable = (what: string) => (error: unknown) =>
  new BadInput({ advice: `${what} cannot be read or written: ${error instanceof Error ? error.message : error}` })

/** On one machine the host itself tells its Telegram of the secret when it starts. It reads the files only then. */
export const rotateWebhookHere = Effect.fn("rotateWebhookHere")(function* () {
  const steps = yield* Steps
  const fs = yield* FileSystem.FileSystem
  const { data, secret } = yield* Effect.mapError(environment, ({ advice }) => new BadInput({ advice }))
  const path = secretFile(data)
  if (secret !== undefined) {
    const advice = "the secret is TELEGRAM_WEBHOOK_SECRET's: change it where it is set, and start the host again"
    return yield* new BadInput({ advice })
  }
  return yield* Effect.gen(function* () {
    if (!(yield* fs.exists(path))) {
      return yield* new BadInput({ advice: `there is no ${path} yet: npm start makes one` })
    }
    const now = yield* currentIso
    const { former, value } = yield* readSecret(path)
    const next = "start the host again: it tells Telegram of the new secret"
    if (former !== undefined && now < former.until) {
      yield* steps.begun(`A secret was replaced a moment ago, and counts until ${former.until}: ${next}`)
      return { isDone: false, next, formerUntil: former.until } satisfies Rotated
    }
    const until = plus(now, overlap)
    yield* writeSecret(path, { value: yield* newSecret, former: { value, until } })
    yield* steps.done(`${path} has a new secret, and the old one counts until ${until}`)
    yield* steps.begun(`If it runs, ${next}`)
    return { isDone: true, next, formerUntil: until } satisfies Rotated
  }).pipe(Effect.catchTag("PlatformError", (error) => Effect.fail(unusable(path)(error))))
})

const line = /^TELEGRAM_BOT_TOKEN=.*$/m

/** Puts the new token into the file that the host's environment comes from, once Telegram says that it is the same bot's. */
export const rotateTokenHere = Effect.fn("rotateTokenHere")(function* (
  token: Redacted.Redacted<string>,
  envFile: string,
) {
  const steps = yield* Steps
  const text = yield* Effect.tryPromise({ try: () => readFile(envFile, "utf8"), catch: unusable(envFile) })
  const known = line
    .exec(text)?.[0]
    .slice("TELEGRAM_BOT_TOKEN=".length)
    .replaceAll(/["'\s]/g, "")
  if (known === undefined) {
    return yield* new BadInput({
      advice: `${envFile} has no line TELEGRAM_BOT_TOKEN=…: name the file that the host starts with`,
    })
  }
  yield* ofTheSameBot(token, Redacted.make(known))
  yield* steps.done("Telegram takes the new token, and it is of the same bot")
  const changed = text.replace(line, () => `TELEGRAM_BOT_TOKEN=${Redacted.value(token)}`)
  yield* Effect.mapError(writeAtomically(envFile, new TextEncoder().encode(changed)), unusable(envFile))
  const next = "start the host again: updates wait with Telegram until then"
  yield* steps.done(`${envFile} has the new token`)
  yield* steps.begun(`If it runs, ${next}`)
  return { isDone: true, next } satisfies Rotated
})
