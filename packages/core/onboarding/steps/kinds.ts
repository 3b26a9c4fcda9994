import type { AnyStepWords } from "../../brand/Words.ts"
import type { Button, Content } from "../Content.ts"
import type { Kind, Step } from "../Flow.ts"
import { finish } from "./finish.ts"
import { message } from "./message.ts"
import { question } from "./question.ts"
import type { AnyStepKind, Recipient } from "./StepKind.ts"
import { video } from "./video.ts"
import { voice } from "./voice.ts"

/** Every kind of step there is: to add one, write its module and name it here. */
export const kinds = { video, voice, message, question, finish }

const kindOf = ({ kind }: Step): AnyStepKind => kinds[kind]

export const contentOf = (step: Step, words: AnyStepWords, to: Recipient, goOn: ReadonlyArray<Button>): Content =>
  kindOf(step).content(step, words, to, goOn)

export const againOf = (step: Step, words: AnyStepWords): string | undefined => kindOf(step).again(words)

export const wordsOfKind = (kind: Kind): ReadonlyArray<string> => ["button", "hint", ...kinds[kind].words]
