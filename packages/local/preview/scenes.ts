import { type BrandValue, wordsOf } from "@concierge/core/brand/Brand.ts"
import { sessionId } from "@concierge/core/ids.ts"
import type { Content } from "@concierge/core/onboarding/Content.ts"
import { type Plan, type Saying, sayings } from "@concierge/core/onboarding/decide.ts"
import { goodbye, localeFor, messageOf, type Told } from "@concierge/core/onboarding/messages.ts"
import type { Scene, Who } from "./Scene.ts"
import { movesFrom, now, personOf, placeOf, type Standing, standingsOf } from "./standings.ts"

/** Everything that a brand's bot can say, wherever somebody stands. The same words may come up in many places. */
export const scenesOf = (brand: BrandValue): ReadonlyArray<Scene> => {
  const standings = standingsOf(brand.flow)
  return [
    ...standings.flatMap((standing) => stepScenes(brand, standing)),
    ...sayings.flatMap((saying) =>
      standings.map((standing) => ({
        group: "Sayings",
        title: titles[saying],
        when: { ...standing.answers, place: placeOf(brand, standing) },
        shown: (who: Who) =>
          said(brand, standing, who, {
            _tag: "Say",
            saying,
            ...(saying === "languageSet" && { language: who.locale }),
          }),
      })),
    ),
    ...standings.flatMap((standing) => overScenes(brand, standing)),
    ...otherScenes(brand, standings),
  ]
}

/** What a /start brings by a link that is over: the step that is due, or the menu. */
const overScenes = (brand: BrandValue, standing: Standing): ReadonlyArray<Scene> => {
  const plans: ReadonlyArray<Plan> = [
    ...movesFrom(brand.flow, standing).filter(({ answer }) => answer === undefined),
    { _tag: "Say", saying: "menu" },
  ]
  return plans.flatMap((plan): ReadonlyArray<Scene> => {
    const title = `${plan._tag === "Advance" ? plan.step.id : "/start"}, by a link that is over`
    const shown = (who: Who) => said(brand, standing, who, plan, { isLinkOver: true })
    const scene = { group: "Links", title, when: standing.answers, shown }
    const isMedium = plan._tag === "Advance" && (plan.step.kind === "video" || plan.step.kind === "voice")
    return isMedium ? [scene, { ...scene, title: `${title}, instead`, shown: (who) => instead(shown(who)) }] : [scene]
  })
}

/** What somebody did to be told so. */
const titles: Readonly<Record<Saying, string>> = {
  button: "a second /start",
  hint: "any other text",
  menu: "/menu",
  help: "/help",
  language: "/language",
  languageSet: "a language is chosen",
  startFirst: "/restart of somebody unknown",
  forgetQuestion: "/forgetme",
  forgetKept: "/forgetme, no",
  forgetExpired: "/forgetme, yes, too late",
}

const said = (brand: BrandValue, standing: Standing, who: Who, plan: Plan, told: Told = {}): Content => {
  const user = personOf(standing, who)
  const message = messageOf({ brand, user, locale: localeFor(brand, user) }, plan, now, told)
  if (message === undefined) throw new Error(`nothing is said by ${plan._tag}`)
  return message
}

/** The steps that follow a place, and what comes instead where a medium cannot be sent. */
const stepScenes = (brand: BrandValue, standing: Standing): ReadonlyArray<Scene> =>
  movesFrom(brand.flow, standing).flatMap((plan): ReadonlyArray<Scene> => {
    const { id, kind } = plan.step
    const when = { ...standing.answers, ...plan.answer }
    const scene = { group: "Steps", title: id, when, shown: (who: Who) => said(brand, standing, who, plan) }
    if (kind !== "video" && kind !== "voice") return [scene]
    const title = kind === "video" ? `${id}, by link` : `${id}, written`
    return [scene, { ...scene, title, shown: (who) => instead(scene.shown(who)) }]
  })

/** What is sent where the medium is not to be had. */
const instead = (content: Content): Content => {
  const { buttons = [] } = content
  switch (content._tag) {
    case "Video":
      return { _tag: "Text", html: content.link(longLink), buttons }
    case "Voice":
      return { _tag: "Text", html: content.written, buttons }
    default:
      return content
  }
}

/** As long as a signed URL of S3 is. */
const longLink = `https://example.com/video.mp4?X-Amz-Security-Token=${"0".repeat(1_500)}&X-Amz-Signature=0`

const otherScenes = (brand: BrandValue, standings: ReadonlyArray<Standing>): ReadonlyArray<Scene> => {
  const scene = (title: string, shown: Scene["shown"]): Scene => ({ group: "Other", title, when: {}, shown })
  const [unknown, known] = standings
  if (unknown === undefined || known === undefined) return []
  return [
    scene("restarted", (who) => said(brand, known, who, { _tag: "Restart" })),
    scene("forgotten", (who) => goodbye(brand, { ...personOf(known, who), recent: { event: remembered } })),
    scene("forgotten, of whom nothing was known", (who) => goodbye(brand, personOf(unknown, who))),
    scene("in a group", ({ locale }) => {
      const { button, text } = wordsOf(brand, locale).group
      const url = `https://t.me/${brand.bot.username}?start=`
      return { _tag: "Text", html: text, buttons: [{ text: button, url }] }
    }),
    ...Object.keys(wordsOf(brand, brand.fallback).toasts).map((name) =>
      scene(`toast: ${name}`, ({ locale }) => {
        const toasts: Readonly<Record<string, string>> = wordsOf(brand, locale).toasts
        return { _tag: "Toast", text: toasts[name] ?? "" }
      }),
    ),
    scene("commands", ({ locale }) => ({
      _tag: "Commands",
      commands: Object.entries(wordsOf(brand, locale).commands),
    })),
  ]
}

const remembered = { outcome: "applied", at: now, run: 1, sessionId: sessionId("") } as const
