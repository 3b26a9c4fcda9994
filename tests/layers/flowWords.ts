import type { AnyStepSpec, FlowSpec } from "@concierge/core/brand/Spec.ts"
import type { Addressee, AnyStepWords, Hearer, Words } from "@concierge/core/brand/Words.ts"

/** Words for a flow that no brand wrote: every text begins with the id of the step whose it is, and the language. */
export const wordsFor = (flow: FlowSpec, locale = "en"): Words => ({
  steps: Object.fromEntries(flow.map((step) => [step.id, stepWords(step, locale)])),
  finished: `${locale}: finished`,
  again: `${locale}: go on`,
  startFirst: `${locale}: send /start`,
  linkOver: `${locale}: that link is over`,
  menu: { text: `${locale}: menu`, language: `${locale}: language`, restart: `${locale}: restart` },
  help: ({ languages }) => `${locale}: help in ${languages}`,
  language: { question: `${locale}: which language?`, chosen: `${locale}: chosen` },
  restarted: `${locale}: restarted`,
  forget: {
    question: (minutes) => `${locale}: forget? ${minutes}`,
    yes: `${locale}: forget me`,
    no: `${locale}: keep`,
    kept: `${locale}: kept`,
    expired: (minutes) => `${locale}: older than ${minutes}`,
    done: ({ backups, deadLetters, greetings, logs, tombstone }) =>
      `${locale}: forgotten, ${[backups, deadLetters, greetings, logs, tombstone].join(" ")}`,
    unknown: `${locale}: nothing to forget`,
  },
  toasts: { finished: `${locale}: finished already` },
  group: { text: `${locale}: in private`, button: `${locale}: open` },
  description: { long: `${locale}: what this is`, short: `${locale}: in short` },
  commands: {
    start: `${locale}: start`,
    menu: `${locale}: menu`,
    language: `${locale}: language`,
    restart: `${locale}: restart`,
    help: `${locale}: help`,
    forgetme: `${locale}: forgetme`,
  },
})

const stepWords = (step: AnyStepSpec, locale: string): AnyStepWords => {
  const { id } = step
  const say =
    (what: string) =>
    ({ answers, name }: Addressee | Hearer): string =>
      `${id}: ${locale} ${what} for ${name ?? "somebody"}${Object.entries(answers)
        .map(([question, choice]) => `, ${question} ${choice}`)
        .join("")}`
  const common = { button: `${id}: go`, hint: `${id}: ${locale} hint` }
  const again = `${id}: again`
  switch (step.kind) {
    case "video":
      return { ...common, again, caption: say("video"), link: (to) => `${say("link")(to)} at ${to.url}` }
    case "voice":
      return { ...common, again, spoken: say("spoken"), caption: say("voice"), written: say("written") }
    case "message":
      return { ...common, again, text: say("message") }
    case "question": {
      const choices = Object.fromEntries(step.choices.map((choice) => [choice.id, `${id}: ${choice.id}`]))
      return { ...common, text: say("question"), choices, waiting: `${id}: ${locale} waiting` }
    }
    case "finish":
      return { ...common, text: say("finish"), link: `${id}: out`, copy: `${id}: copy` }
  }
}
