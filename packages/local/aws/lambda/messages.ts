/** To a container. */
export interface Invocation {
  readonly id: string
  readonly event: unknown
  /** Milliseconds since 1970. */
  readonly deadline: number
}

/** From it, once it can be invoked. */
export interface Ready {
  readonly ready: true
}

/** From it, one for each invocation. */
export type Outcome =
  | { readonly id: string; readonly result: unknown }
  | { readonly id: string; readonly error: string }
