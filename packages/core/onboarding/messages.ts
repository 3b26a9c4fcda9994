import * as Duration from "effect/Duration"
import { type BrandValue, isLocale, localesOf, wordsOf } from "../brand/Brand.ts"
import { type Locale, localeOf } from "../brand/Locale.ts"
import type { Answers } from "../brand/Words.ts"
import { forgetWindow } from "../delivery/times.ts"
import { kept } from "../retention.ts"
import { fromIso, type Iso } from "../Time.ts"
import type { Button, ButtonStyle, Content } from "./Content.ts"
import type { Plan, Saying } from "./decide.ts"
import { after, dueOf, pathOf, type Step } from "./Flow.ts"
import { displayName, spokenName } from "./Name.ts"
import { dataOf, type Pressed } from "./Pressed.ts"
import type { Unlocked } from "./profile.ts"
import { againOf, contentOf } from "./steps/kinds.ts"
import { choices } from "./steps/question.ts"

/** Whom a message is for, as they are once what they just told us of themselves is known. */
export interface MessageTo {
  readonly brand: BrandValue
  readonly user: Unlocked
  readonly locale: Locale
}

export const localeFor = (brand: BrandValue, { language, languageCode }: Unlocked): Locale =>
  language !== undefined && isLocale(brand, language) ? language : localeOf(brand, languageCode)

export interface Told {
  /** They came by a link that is expired or disabled: they are welcome all the same, and are told so. */
  readonly isLinkOver?: boolean
}

/** The message that a plan sends; undefined when it sends none. */
export const messageOf = (
  to: MessageTo,
  plan: Plan,
  now: Iso,
  { isLinkOver = false }: Told = {},
): Content | undefined => {
  const message = plainMessageOf(to, plan, now)
  if (message === undefined || !isLinkOver) return message
  return beginning(wordsOf(to.brand, to.locale).linkOver, message)
}

/** The message with a line before whatever of it is seen. */
const beginning = (line: string, message: Content): Content => {
  const before = (html: string) => `${line}\n\n${html}`
  switch (message._tag) {
    case "Text":
      return { ...message, html: before(message.html) }
    case "Video":
      return { ...message, caption: before(message.caption), link: (url) => before(message.link(url)) }
    case "Voice":
      return { ...message, caption: before(message.caption), written: before(message.written) }
  }
}

const plainMessageOf = (to: MessageTo, plan: Plan, now: Iso): Content | undefined => {
  const { brand, locale, user } = to
  switch (plan._tag) {
    case "Advance":
      return stepMessage({ ...to, user: { ...user, answers: { ...user.answers, ...plan.answer } } }, plan.step)
    case "Repeat":
      return stepMessage(to, plan.step)
    case "Restart": {
      const restarted = localesOf(brand).map((locale) => wordsOf(brand, locale).restarted)
      // In every language at once: a /restart is also the way out of a language chosen by mistake.
      return text(restarted.join("\n\n"), [stepButton(to, brand.flow.first)])
    }
    case "Say":
      return saying({ ...to, locale: plan.language ?? locale }, plan.saying, now)
    default:
      return undefined
  }
}

/** What is said to somebody who has just been forgotten, or of whom nothing was known before they asked. */
export const goodbye = (brand: BrandValue, user: Unlocked): Content => {
  const { done, unknown } = wordsOf(brand, localeFor(brand, user)).forget
  return text(Object.keys(user.recent).length === 0 ? unknown : done(kept))
}

const saying = (to: MessageTo, what: Saying, now: Iso): Content => {
  const words = wordsOf(to.brand, to.locale)
  const minutes = Duration.toMinutes(forgetWindow)
  switch (what) {
    case "button":
      return text(words.again, dueButtons(to))
    case "hint":
      return text(hintOf(to), dueButtons(to))
    case "menu":
      return text(words.menu.text, menuButtons(to))
    case "help":
      return text(words.help({ languages: languagesIn(to) }), dueButtons(to))
    case "language":
      return text(words.language.question, languageButtons(to))
    case "languageSet":
      return text(words.language.chosen, dueButtons(to))
    case "startFirst":
      return text(words.startFirst)
    case "forgetQuestion": {
      const askedAt = Math.floor(fromIso(now) / 1000)
      const { no, question, yes } = words.forget
      return text(question(minutes), [button(yes, { _tag: "Forget", askedAt }, "danger"), button(no, { _tag: "Keep" })])
    }
    case "forgetKept":
      return text(words.forget.kept)
    case "forgetExpired":
      return text(words.forget.expired(minutes))
  }
}

const text = (html: string, buttons?: ReadonlyArray<Button>): Content => ({
  _tag: "Text",
  html,
  ...(buttons !== undefined && { buttons }),
})

const stepMessage = (to: MessageTo, step: Step): Content => {
  const { brand, locale, user } = to
  const answers = knownAnswers(to)
  const seen = { name: displayName(user.firstName), answers }
  const heard = { name: spokenName(user.firstName), answers }
  const next = after(brand.flow, step, user.answers)
  const goOn = next === undefined ? [] : [stepButton(to, next)]
  const content = contentOf(step, stepWords(to, step), { locale, seen, heard }, goOn)
  return brand.protectsContent === true ? { ...content, isProtected: true } : content
}

/** Answers that the flow still asks for, so that copy need not know of any other. */
const knownAnswers = ({ brand, user }: MessageTo): Answers =>
  Object.fromEntries(
    Object.entries(user.answers ?? {}).filter(([id, choice]) => {
      const question = brand.flow.byId.get(id)
      return question?.kind === "question" && question.choices.some((known) => known.id === choice)
    }),
  )

const stepWords = ({ brand, locale }: MessageTo, { id }: Step) => {
  const words = wordsOf(brand, locale).steps[id]
  if (words === undefined) throw new Error(`no words of ${id} in ${locale}: defineBrand lets none through`)
  return words
}

const stepButton = (to: MessageTo, step: Step): Button =>
  button(stepWords(to, step).button, { _tag: "Step", data: step.data }, step.kind === "finish" ? "success" : "primary")

const hintOf = (to: MessageTo): string => {
  const due = dueOf(to.brand.flow, to.user)
  switch (due._tag) {
    case "Step":
      return stepWords(to, due.step).hint
    case "Answer": {
      const words = stepWords(to, due.question)
      return "waiting" in words ? words.waiting : words.hint
    }
    case "Finished":
      return wordsOf(to.brand, to.locale).finished
  }
}

const dueButtons = (to: MessageTo): ReadonlyArray<Button> => {
  const due = dueOf(to.brand.flow, to.user)
  switch (due._tag) {
    case "Step":
      return [stepButton(to, due.step)]
    case "Answer": {
      const words = stepWords(to, due.question)
      return "choices" in words ? choices(due.question, words) : []
    }
    case "Finished":
      return menuButtons(to)
  }
}

/** What lies on their way can be had again. */
const menuButtons = (to: MessageTo): ReadonlyArray<Button> => {
  const { menu } = wordsOf(to.brand, to.locale)
  const again = pathOf(to.brand.flow, to.user.answers).flatMap((step) => {
    const label = againOf(step, stepWords(to, step))
    return label === undefined ? [] : [button(label, { _tag: "Step", data: step.data })]
  })
  return [...again, button(menu.language, { _tag: "Language" }), button(menu.restart, { _tag: "Restart" })]
}

const languageButtons = ({ brand }: MessageTo): ReadonlyArray<Button> =>
  Object.entries(brand.languages).map(([locale, { name }]) => button(name, { _tag: "SetLanguage", locale }))

/** The brand's languages as a sentence in this one lists them: "English or Spanish". */
const languagesIn = ({ brand, locale }: MessageTo): string => {
  const names = new Intl.DisplayNames(locale, { type: "language", fallback: "code" })
  const list = localesOf(brand).map((language) => names.of(language) ?? language)
  return new Intl.ListFormat(locale, { type: "disjunction" }).format(list)
}

const button = (text: string, pressed: Pressed, style?: ButtonStyle): Button => ({
  text,
  data: dataOf(pressed),
  ...(style !== undefined && { style }),
})
