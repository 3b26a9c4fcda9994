import type { BrandValue } from "@concierge/core/brand/Brand.ts"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { isBotToken, isWebhookSecret } from "../../../stacks/shapes.ts"
import { bot } from "./bot.ts"
import { type Check, note, ok, type Verdict, wrong } from "./Check.ts"

/** By their names; what cannot be read is said in words. */
export type SecretValues = Effect.Effect<ReadonlyMap<string, string>, Verdict>

const shapes = [
  ["TelegramBotToken", isBotToken, "token.txt"],
  ["TelegramWebhookSecret", isWebhookSecret, "secret.txt"],
] as const

/** Set, and of the form that a plan takes. */
export const secretsAreSet = (stage: string, values: SecretValues): Check => ({
  name: "secrets",
  look: values.pipe(
    Effect.map((found) => {
      const faults = shapes.flatMap(([name, is, file]) => {
        const value = found.get(name)?.trim()
        const mend = `npx sst secret set ${name} --stage ${stage} < ${file}`
        if (value === undefined || value === "") return [{ says: `${name} is not set`, mend }]
        return is(value) ? [] : [{ says: `${name} is not well-formed`, mend }]
      })
      return faults.length === 0
        ? ok(shapes.map(([name]) => name).join(", "))
        : wrong(faults.map(({ says }) => says).join("; "), faults.map(({ mend }) => mend).join("; "))
    }),
    Effect.catch(Effect.succeed),
  ),
})

/** The token that the stage has, asked of Telegram. */
export const tokenOf = (stage: string, values: SecretValues, brand: BrandValue): Check => ({
  name: "token",
  look: values.pipe(
    Effect.flatMap((found) => {
      const token = found.get("TelegramBotToken")?.trim() ?? ""
      const mend = `npx sst secret set TelegramBotToken --stage ${stage} < token.txt`
      return isBotToken(token)
        ? bot(Redacted.make(token), brand, mend).look
        : Effect.succeed(note("not asked of Telegram: there is no well-formed one"))
    }),
    Effect.catch(() => Effect.succeed(note("not asked of Telegram: the secrets cannot be read"))),
  ),
})
