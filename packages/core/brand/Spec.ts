/** How a brand writes its flow down; `onboarding/Flow.ts` is what is made of it. */

interface StepSpec {
  /** Kept on people's records: a step with another id is another step. */
  readonly id: string
  /** The state of somebody who has had it; `<ID>_SENT` unless given. */
  readonly state?: string
  /** Callback data of the button that leads to it; `step:<id>` unless given. At most 64 bytes. */
  readonly data?: string
}

interface GoingOn extends StepSpec {
  /** The id of the step that follows, further down the list; the next in the list unless given. */
  readonly next?: string
}

export interface VideoSpec extends GoingOn {
  readonly kind: "video"
  /** Its files are `media/<asset>/<version>/<asset>_<language>.mp4` in the brand's folder, and in the bucket. */
  readonly asset: string
  /** A new video is a new version: remembered `file_id`s belong to the old one. */
  readonly version: string
}

export interface VoiceSpec extends GoingOn {
  readonly kind: "voice"
}

export interface MessageSpec extends GoingOn {
  readonly kind: "message"
}

export interface ChoiceSpec {
  readonly id: string
  /** The id of the step that this answer leads to; where the question leads unless given. */
  readonly next?: string
}

export interface QuestionSpec extends GoingOn {
  readonly kind: "question"
  readonly choices:
    | readonly [ChoiceSpec, ChoiceSpec]
    | readonly [ChoiceSpec, ChoiceSpec, ChoiceSpec]
    | readonly [ChoiceSpec, ChoiceSpec, ChoiceSpec, ChoiceSpec]
    | readonly [ChoiceSpec, ChoiceSpec, ChoiceSpec, ChoiceSpec, ChoiceSpec]
    | readonly [ChoiceSpec, ChoiceSpec, ChoiceSpec, ChoiceSpec, ChoiceSpec, ChoiceSpec]
}

export interface FinishSpec extends StepSpec {
  readonly kind: "finish"
  /** Where a button below its message leads; none unless given. */
  readonly url?: string
  /** A code to pass on, e.g. to a friend, which a button copies; up to 256 characters. None unless given. */
  readonly code?: string
  /** Telegram's id of the animation that its message comes with; none unless given. Where Telegram refuses it, the message comes without. */
  readonly effect?: string
}

export type AnyStepSpec = VideoSpec | VoiceSpec | MessageSpec | QuestionSpec | FinishSpec

export type FlowSpec = ReadonlyArray<AnyStepSpec>

type Ids<F extends FlowSpec> = F[number]["id"]

type Next<S> = S extends { readonly next: infer N } ? N : never

type Nexts<S> = Next<S> | (S extends { readonly choices: ReadonlyArray<infer C> } ? Next<C> : never)

type Checked<F extends FlowSpec, S> = Nexts<S> extends Ids<F> ? S : never

/** Every `next`, of a step or a choice, names a step that there is. */
export type CheckedFlow<F extends FlowSpec> = { readonly [I in keyof F]: Checked<F, F[I]> }

/** The steps in order. What the types cannot see is checked by `defineBrand`. */
export const defineFlow = <const F extends FlowSpec>(flow: F & CheckedFlow<F>): F => flow
