import type { User } from "@concierge/core/onboarding/User.ts"
import { states } from "../../fixtures/concierge.ts"
import type { Send } from "../../layers/telegram.ts"
import type { Person } from "../../layers/updates.ts"

// What tests/fixtures/stored/1/README.md says of the people in it, as tables.

const person = (id: number, first_name: string, language_code = "en"): Person => ({
  id,
  is_bot: false,
  first_name,
  username: `${first_name.toLowerCase()}_example`,
  language_code,
})

const [ada, boris, cleo] = [person(2001, "Ada"), person(2002, "Boris"), person(2003, "Cleo")]
const [dan, eve, finn] = [person(2004, "Dan"), person(2005, "Eve"), person(2006, "Finn")]
const [gita, hugo, iris] = [{ ...person(2007, "Gita"), last_name: "Rao" }, person(2008, "Hugo"), person(2009, "Iris")]
const [juan, kim, lena] = [person(2010, "Juan"), person(2011, "Kim"), person(2012, "Lena", "es-MX")]
const [milo, omar, pia] = [person(2013, "Milo"), person(2015, "Omar"), person(2016, "Pia")]
const [quin, rosa, sven, tara] = [
  person(2017, "Quin"),
  person(2018, "Rosa"),
  person(2019, "Sven"),
  person(2020, "Tara"),
]
const [uma, vito, wren] = [person(2021, "Uma"), person(2022, "Vito"), person(2023, "Wren")]
export const nora = person(2014, "Nora")
export { quin }

type Facts = Partial<User>

/** Everybody as they were left; undefined: of whom there is no record. */
export const left: ReadonlyArray<readonly [Person, Facts | undefined]> = [
  [ada, { state: states.new, version: 0, unresolved: 0 }],
  [boris, { state: states.new, version: 0, unresolved: 1 }],
  [cleo, { state: states.new, run: 2 }],
  [dan, { state: states.video }],
  [eve, { state: states.greeting }],
  [finn, { state: states.done }],
  [gita, { state: states.done, lastName: "Rao", ambiguous: 1 }],
  [hugo, { state: states.greeting, blocked: true }],
  [iris, { state: states.new, version: 0, blocked: true }],
  [juan, { state: states.video, language: "es", languageCode: "en" }],
  [kim, { state: states.greeting, ref_code: "spring-fair" }],
  [lena, { state: states.video, ref_code: "friend", languageCode: "es-MX" }],
  [milo, { state: states.video, unresolved: 1 }],
  [nora, undefined],
  [omar, { state: states.video, unresolved: 4 }],
  [pia, { state: states.new, version: 0, unresolved: 0 }],
  [quin, { state: states.video }],
  [rosa, { state: states.greeting }],
  [sven, undefined],
  [tara, { state: states.done }],
  [uma, { state: states.video, run: 1 }],
  [vito, { state: states.video, run: 2 }],
  [wren, { state: states.greeting }],
]

/** What one of them gets, and is afterwards. */
interface Next {
  readonly who: Person
  readonly sends: ReadonlyArray<Send["method"]>
  /** Undefined: there is no record any more. */
  readonly becomes: Facts | undefined
}

/** What is on the queue or among the dead letters leads to this. */
export const waiting: ReadonlyArray<Next> = [
  { who: ada, sends: ["sendVideo"], becomes: { state: states.video, ambiguous: 0 } },
  { who: boris, sends: ["sendVideo"], becomes: { state: states.video, ambiguous: 1 } },
  { who: milo, sends: ["sendVoice"], becomes: { state: states.greeting, ambiguous: 1 } },
  { who: omar, sends: ["sendVoice"], becomes: { state: states.greeting, ambiguous: 4 } },
  { who: pia, sends: ["sendVideo"], becomes: { state: states.video, ambiguous: 0 } },
  { who: rosa, sends: ["sendMessage"], becomes: { state: states.done } },
  { who: sven, sends: ["sendVideo"], becomes: { state: states.video, ref_code: "code-of-sven" } },
  // Their steps were sent before the attempt died: only what follows from the commit is left to do.
  { who: tara, sends: [], becomes: { state: states.done } },
  { who: wren, sends: ["sendMessage"], becomes: undefined },
]

/** A text that begins with a slash is said, anything else is a button. */
export interface Asked extends Next {
  readonly does: string
  /** The language of the button under the last message. */
  readonly in?: string
  readonly sessions?: number
}

/** Each after the other. */
export const asked: ReadonlyArray<Asked> = [
  { who: cleo, does: "watch_video", sends: ["sendVideo"], becomes: { state: states.video, run: 2 }, sessions: 2 },
  { who: dan, does: "play_audio", sends: ["sendVoice"], becomes: { state: states.greeting }, in: "en" },
  { who: eve, does: "finish", sends: ["sendMessage"], becomes: { state: states.done } },
  { who: finn, does: "finish", sends: [], becomes: { state: states.done } },
  { who: finn, does: "play_audio", sends: ["sendVoice"], becomes: { state: states.done } },
  { who: gita, does: "watch_video", sends: ["sendVideo"], becomes: { state: states.done, ambiguous: 1 } },
  { who: hugo, does: "finish", sends: [], becomes: { state: states.greeting, blocked: true } },
  { who: hugo, does: "/start", sends: ["sendMessage"], becomes: { state: states.done, blocked: false } },
  { who: iris, does: "/start", sends: ["sendVideo"], becomes: { state: states.video, blocked: false } },
  { who: juan, does: "play_audio", sends: ["sendVoice"], becomes: { state: states.greeting }, in: "es" },
  { who: kim, does: "finish", sends: ["sendMessage"], becomes: { state: states.done, ref_code: "spring-fair" } },
  {
    who: lena,
    does: "play_audio",
    sends: ["sendVoice"],
    becomes: { state: states.greeting, ref_code: "friend" },
    in: "es",
  },
  { who: quin, does: "play_audio", sends: ["sendVoice"], becomes: { state: states.greeting } },
  { who: uma, does: "play_audio", sends: ["sendVoice"], becomes: { state: states.greeting, run: 1 } },
  { who: vito, does: "play_audio", sends: ["sendVoice"], becomes: { state: states.greeting, run: 2 }, sessions: 2 },
  { who: nora, does: "/start", sends: ["sendVideo"], becomes: { state: states.video, run: 1 } },
]
