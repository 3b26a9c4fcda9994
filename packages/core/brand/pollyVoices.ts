import type { Voice } from "./Voice.ts"

type Engine = Voice["engine"]

/**
 * Amazon Polly's voices by language (its page "Available voices"), with the engines that speak each. A voice that Polly
 * gets later is added here, or a brand could not use it.
 */
const voices: Readonly<Record<string, Readonly<Record<string, ReadonlyArray<Engine>>>>> = {
  en: {
    Matthew: ["standard", "neural", "generative"],
  },
  es: {
    Lucia: ["standard", "neural", "generative"],
  },
}

/** The language that a voice speaks, and by which engines; undefined where Polly has no such voice. */
export const pollyVoice = (id: string) => {
  for (const [locale, known] of Object.entries(voices)) {
    const engines = known[id]
    if (engines !== undefined) return { locale, engines }
  }
  return undefined
}

/** What Polly would refuse; undefined where it has the voice. */
export const problemOfVoice = (locale: string, { engine, id }: Voice): string | undefined => {
  const known = voices[locale] ?? {}
  const engines = known[id]
  if (engines === undefined) {
    const names = Object.keys(known)
    return `Polly has no voice "${id}" that speaks ${locale}${names.length > 0 ? `: use ${names.join(", ")}` : ""}`
  }
  return engines.includes(engine) ? undefined : `Polly's ${id} has no ${engine} engine: use ${engines.join(" or ")}`
}
