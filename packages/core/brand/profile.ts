import { type BrandValue, wordsOf } from "./Brand.ts"
import { commandNames } from "./Words.ts"

export interface ProfileCall {
  readonly method: "setMyCommands" | "setMyName" | "setMyDescription" | "setMyShortDescription"
  readonly values: Readonly<Record<string, unknown>>
}

/**
 * What tells Telegram of the bot: its commands, what stands in the chat before it begins and in its profile, a language
 * each. Whoever speaks none of them sees the first. Each call may be repeated.
 */
export const profileCalls = (brand: BrandValue): ReadonlyArray<ProfileCall> =>
  ["", ...Object.keys(brand.languages)].flatMap((language_code): ReadonlyArray<ProfileCall> => {
    const { commands, description } = wordsOf(brand, language_code === "" ? brand.fallback : language_code)
    const menu = commandNames.map((command) => ({ command, description: commands[command] }))
    return [
      { method: "setMyCommands", values: { language_code, commands: menu } },
      { method: "setMyDescription", values: { language_code, description: description.long } },
      { method: "setMyShortDescription", values: { language_code, short_description: description.short } },
    ]
  })

/** The name in chats and lists, for every language. Telegram lets it be set a few times a day: only where it differs. */
export const nameCall = (brand: BrandValue): ProfileCall => ({
  method: "setMyName",
  values: { name: brand.bot.name },
})
