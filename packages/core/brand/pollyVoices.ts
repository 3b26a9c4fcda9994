import type { Voice } from "./Voice.ts"

type Engine = Voice["engine"]
type Ids = ReadonlyArray<string>

/**
 * Amazon Polly's voices by language, with the engines that speak them. The ids are the SDK's `VoiceId`; standard voices
 * are from the developer guide's own list, many of the neural and generative ones from announcements and lists of others,
 * since not all of the guide could be seen (it counts 43 generative voices, two more than here). What is missing or wrong
 * is mended here once it has been heard in Polly's console. A language is named as Telegram names it: `ar` is Polly's
 * `arb`, `zh` its `cmn`.
 */
const voices: Readonly<Record<string, Partial<Readonly<Record<Engine, Ids>>>>> = {
  ar: { standard: ["Zeina"], neural: ["Hala", "Zayd"] },
  ca: { neural: ["Arlet"] },
  cs: { neural: ["Jitka"] },
  cy: { standard: ["Gwyneth"] },
  da: { standard: ["Naja", "Mads"], neural: ["Sofie"] },
  de: {
    standard: ["Marlene", "Vicki", "Hans"],
    neural: ["Vicki", "Daniel", "Hannah", "Sabrina"],
    generative: ["Vicki", "Daniel", "Lennart", "Hannah", "Sabrina"],
  },
  en: {
    standard: [
      ...["Nicole", "Russell", "Amy", "Emma", "Brian", "Aditi", "Raveena", "Geraint"],
      ...["Ivy", "Joanna", "Kendra", "Kimberly", "Salli", "Joey", "Justin", "Kevin", "Matthew"],
    ],
    neural: [
      ...["Olivia", "Amy", "Emma", "Brian", "Arthur", "Kajal", "Niamh", "Aria", "Jasmine", "Ayanda", "Danielle"],
      ...["Gregory", "Ivy", "Joanna", "Kendra", "Kimberly", "Salli", "Joey", "Justin", "Kevin", "Matthew", "Ruth"],
      "Stephen",
    ],
    "long-form": ["Danielle", "Gregory", "Ruth"],
    generative: [
      ...["Olivia", "Amy", "Brian", "Kajal", "Niamh", "Aria", "Jasmine", "Ayanda"],
      ...["Danielle", "Joanna", "Matthew", "Ruth", "Salli", "Stephen", "Tiffany"],
    ],
  },
  es: {
    standard: ["Conchita", "Lucia", "Enrique", "Mia", "Lupe", "Penelope", "Miguel"],
    neural: ["Lucia", "Sergio", "Mia", "Andres", "Lupe", "Pedro"],
    generative: ["Lucia", "Sergio", "Mia", "Andres", "Lupe", "Pedro"],
  },
  fi: { neural: ["Suvi"] },
  fr: {
    standard: ["Celine", "Lea", "Mathieu", "Chantal"],
    neural: ["Lea", "Remi", "Isabelle", "Gabrielle", "Liam"],
    generative: ["Lea", "Remi", "Ambre", "Florian", "Isabelle", "Gabrielle", "Liam"],
  },
  hi: { standard: ["Aditi"], neural: ["Kajal"], generative: ["Kajal"] },
  is: { standard: ["Dora", "Karl"] },
  it: {
    standard: ["Carla", "Bianca", "Giorgio"],
    neural: ["Bianca", "Adriano"],
    generative: ["Bianca", "Beatrice", "Lorenzo"],
  },
  ja: { standard: ["Mizuki", "Takumi"], neural: ["Takumi", "Kazuha", "Tomoko"] },
  ko: { standard: ["Seoyeon"], neural: ["Seoyeon", "Jihye"], generative: ["Seoyeon"] },
  nb: { standard: ["Liv"], neural: ["Ida"] },
  nl: { standard: ["Lotte", "Ruben"], neural: ["Laura", "Lisa"], generative: ["Laura", "Lisa"] },
  pl: { standard: ["Ewa", "Maja", "Jacek", "Jan"], neural: ["Ola"], generative: ["Ola"] },
  pt: {
    standard: ["Camila", "Vitoria", "Ricardo", "Ines", "Cristiano"],
    neural: ["Camila", "Vitoria", "Thiago", "Ines"],
    generative: ["Camila"],
  },
  ro: { standard: ["Carmen"] },
  ru: { standard: ["Tatyana", "Maxim"] },
  sv: { standard: ["Astrid"], neural: ["Elin"] },
  tr: { standard: ["Filiz"], neural: ["Burcu"] },
  yue: { neural: ["Hiujin"] },
  zh: { standard: ["Zhiyu"], neural: ["Zhiyu"] },
}

/** Every voice of the table, once a language. */
export const voicesOf = (locale: string): Ids => [...new Set(Object.values(voices[locale] ?? {}).flat())]

/** The language that a voice speaks, and by which engines; undefined where Polly has no such voice. */
export const pollyVoice = (id: string) => {
  const locale = spokenLanguages.find((spoken) => voicesOf(spoken).includes(id))
  return locale === undefined ? undefined : { locale, engines: enginesOf(locale, id) }
}

export const spokenLanguages: ReadonlyArray<string> = Object.keys(voices)

const enginesOf = (locale: string, id: string): ReadonlyArray<string> =>
  Object.entries(voices[locale] ?? {}).flatMap(([engine, ids]) => (ids.includes(id) ? [engine] : []))

/** What Polly would refuse; undefined where it has the voice. */
export const problemOfVoice = (locale: string, { engine, id }: Voice): string | undefined => {
  const engines = enginesOf(locale, id)
  if (engines.length === 0) {
    const names = voicesOf(locale)
    return `Polly has no voice "${id}" that speaks ${locale}${names.length > 0 ? `: use ${names.join(", ")}` : ""}`
  }
  return engines.includes(engine) ? undefined : `Polly's ${id} has no ${engine} engine: use ${engines.join(" or ")}`
}
