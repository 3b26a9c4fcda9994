/** One resource that a stage would have, as the engine was asked to make it. */
export interface Planned {
  readonly type: string
  readonly name: string
  /** Name of the resource or component it belongs to; null at the top. */
  readonly parent: string | null
  readonly inputs: Readonly<Record<string, unknown>>
  /** Options that the stacks set and the tests look at; absent where they are the engine's defaults. */
  readonly options?: Readonly<{ protect?: true; retainOnDelete?: true; provider?: string }>
}

export interface Plan {
  readonly stage: string
  readonly resources: ReadonlyArray<Planned>
  /** What a deploy prints when it has ended. */
  readonly outputs: Readonly<Record<string, unknown>>
}

/** What the stand-in engine leaves for whoever started it. */
export type Recording =
  | { readonly resources: ReadonlyArray<Planned>; readonly outputs: Readonly<Record<string, unknown>> }
  | { readonly error: string }
