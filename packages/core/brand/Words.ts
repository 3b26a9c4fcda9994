import type { Html, SpokenName } from "../onboarding/Name.ts"
import type { Kept } from "../retention.ts"
import type { FlowSpec, QuestionSpec } from "./Spec.ts"

/** In the order in which Telegram lists them. */
export const commandNames = ["start", "menu", "language", "restart", "help", "forgetme"] as const
export type CommandName = (typeof commandNames)[number]

type QuestionOf<F extends FlowSpec> = Extract<F[number], { readonly kind: "question" }>

/** What somebody has answered so far: the choice's id by the question's. */
export type Answers<F extends FlowSpec = FlowSpec> = {
  readonly [Q in QuestionOf<F> as Q["id"]]?: Q["choices"][number]["id"] | undefined
}

export interface Addressee<A = Answers> {
  /** Their first name, escaped and isolated; undefined when there is nothing to see. */
  readonly name?: Html | undefined
  readonly answers: A
}

export interface Hearer<A = Answers> {
  readonly name?: SpokenName | undefined
  readonly answers: A
}

// Methods, so that a brand's copy, which knows its own questions, fits where any brand's is asked for.

interface StepWords {
  /** On the button that leads to the step. */
  readonly button: string
  /** In answer to any other text, while this step is due. */
  readonly hint: string
}

interface AgainWords {
  /** In the menu, on the button that sends the step again. */
  readonly again: string
}

export interface VideoWords<A = Answers> extends StepWords, AgainWords {
  caption(to: Addressee<A>): string
  /** In place of the video, when there is no way of sending it. */
  link(to: Addressee<A> & { readonly url: Html }): string
}

export interface VoiceWords<A = Answers> extends StepWords, AgainWords {
  /** Plain text, read aloud. */
  spoken(to: Hearer<A>): string
  caption(to: Addressee<A>): string
  /** In place of the voice, when it is down. */
  written(to: Addressee<A>): string
}

export interface MessageWords<A = Answers> extends StepWords, AgainWords {
  text(to: Addressee<A>): string
}

export interface QuestionWords<A = Answers, Choice extends string = string> extends StepWords {
  text(to: Addressee<A>): string
  readonly choices: Readonly<Record<Choice, string>>
  /** In answer to any other text, with the choices, until one is taken. */
  readonly waiting: string
}

export interface FinishWords<A = Answers> extends StepWords {
  text(to: Addressee<A>): string
  /** On the button with the flow's `url`. */
  readonly link?: string
  /** On the button that copies the flow's `code`. */
  readonly copy?: string
}

type WordsOfStep<S extends FlowSpec[number], A> = S extends { readonly kind: "video" }
  ? VideoWords<A>
  : S extends { readonly kind: "voice" }
    ? VoiceWords<A>
    : S extends { readonly kind: "message" }
      ? MessageWords<A>
      : S extends QuestionSpec
        ? QuestionWords<A, S["choices"][number]["id"]>
        : FinishWords<A> &
            (S extends { readonly url: string } ? { readonly link: string } : unknown) &
            (S extends { readonly code: string } ? { readonly copy: string } : unknown)

export type AnyStepWords = VideoWords | VoiceWords | MessageWords | QuestionWords | FinishWords

/**
 * Every word a person reads or hears in one language. Messages are Telegram's HTML; buttons, toasts, commands and what
 * is spoken are plain text.
 */
export interface Words<Steps = Readonly<Record<string, AnyStepWords>>> {
  readonly steps: Steps
  /** In answer to any other text, at the end. */
  readonly finished: string
  /** A second /start within seconds: all it says is where the button is. */
  readonly again: string
  /** To somebody we do not know, who asks for more than a /start. */
  readonly startFirst: string
  /** Before the message that a /start brings, where their campaign's link is expired or disabled. */
  readonly linkOver: string
  readonly menu: { readonly text: string; readonly language: string; readonly restart: string }
  /** `languages` are those of the brand by their names in this language, as a sentence lists them. */
  help(about: { readonly languages: string }): string
  readonly language: { readonly question: string; readonly chosen: string }
  /** Said in every language at once. */
  readonly restarted: string
  readonly forget: {
    /** Minutes for which the button may be pressed. */
    question(minutes: number): string
    readonly yes: string
    readonly no: string
    readonly kept: string
    expired(minutes: number): string
    /** With the days for which something is still held. */
    done(days: Kept): string
    readonly unknown: string
  }
  /** Shown over the chat in answer to a tap. */
  readonly toasts: { readonly finished: string }
  readonly group: { readonly text: string; readonly button: string }
  readonly commands: Readonly<Record<CommandName, string>>
  /** In the chat before it begins, up to 512 characters; and in the bot's profile, up to 120. */
  readonly description: { readonly long: string; readonly short: string }
}

export type WordsOf<F extends FlowSpec> = Words<{
  readonly [S in F[number] as S["id"]]: WordsOfStep<S, Answers<F>>
}>
