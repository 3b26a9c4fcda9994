/** Which voice reads a language aloud. */
export interface Voice {
  /** Of Amazon Polly, such as `Matthew`: part of the key under which its audio is cached. */
  readonly id: string
  readonly engine: "standard" | "neural" | "long-form" | "generative"
  /** Of espeak, on one machine, such as `en-us`. */
  readonly local: string
}
