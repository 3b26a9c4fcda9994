import { catalogue, languageNames, restarted } from "../brand/Catalogue.ts"
import { type Locale, localeOf, locales } from "../brand/Locale.ts"
import type { Button, Message } from "../services/Telegram.ts"
import { fromIso, type Iso } from "../Time.ts"
import { dataOf, type Button as Pressed } from "./Button.ts"
import type { Unlocked } from "./commit.ts"
import { next, type Saying } from "./decide.ts"
import { displayName, type Html } from "./Name.ts"
import type { State, Step } from "./User.ts"

type Words = Pick<Message, "html" | "buttons">

export const localeFor = (user: Unlocked): Locale => user.language ?? localeOf(user.languageCode)

export const nameFor = (user: Unlocked): Html | undefined => displayName(user.firstName)

/** The button that leads to a step. */
export const stepButton = (locale: Locale, step: Step): Button => button(catalogue(locale).buttons[step], pressed[step])

/** The words of every message that is neither a video nor a voice. */
export const compose = (user: Unlocked, locale: Locale, saying: Saying, now: Iso): Words => {
  const words = catalogue(locale)
  const due = dueButtons(locale, user.state)
  switch (saying) {
    case "button":
      return { html: words.again, buttons: due }
    case "hint":
      return { html: words.hints[user.state], buttons: due }
    case "menu":
      return { html: words.menu.text, buttons: menuButtons(locale) }
    case "help":
      return { html: words.help, buttons: due }
    case "language":
      return {
        html: words.language.question,
        buttons: locales.map((to) => button(languageNames[to], { _tag: "SetLanguage", locale: to })),
      }
    case "languageSet":
      return { html: words.language.chosen, buttons: due }
    case "startFirst":
      return { html: words.startFirst }
    case "forgetQuestion":
      return {
        html: words.forget.question,
        buttons: [
          button(words.forget.yes, { _tag: "Forget", askedAt: Math.floor(fromIso(now) / 1000) }),
          button(words.forget.no, { _tag: "Keep" }),
        ],
      }
    case "forgetKept":
      return { html: words.forget.kept }
    case "forgetExpired":
      return { html: words.forget.expired }
  }
}

export const composeRestarted = (locale: Locale): Words => ({ html: restarted, buttons: dueButtons(locale, "NEW") })

export const composeFinish = (user: Unlocked, locale: Locale): Words => ({
  html: catalogue(locale).finish(nameFor(user)),
})

const pressed: Readonly<Record<Step, Pressed>> = {
  video: { _tag: "WatchVideo" },
  greeting: { _tag: "PlayAudio" },
  finish: { _tag: "Finish" },
}

const dueButtons = (locale: Locale, state: State): ReadonlyArray<Button> => {
  const due = next[state]
  return due === undefined ? menuButtons(locale) : [stepButton(locale, due.step)]
}

const menuButtons = (locale: Locale): ReadonlyArray<Button> => {
  const { menu } = catalogue(locale)
  return [
    button(menu.video, { _tag: "WatchVideo" }),
    button(menu.greeting, { _tag: "PlayAudio" }),
    button(menu.language, { _tag: "Language" }),
    button(menu.restart, { _tag: "Restart" }),
  ]
}

const button = (text: string, pressed: Pressed): Button => ({ text, data: dataOf(pressed) })
