export interface Voice {
  /** Of Amazon Polly, such as `Matthew`: part of the key under which its audio is cached. */
  readonly id: string
  readonly engine: "standard" | "neural" | "long-form" | "generative"
  /** Of espeak, on one machine, by its file: `en-us`; `en` is British, `pt` of Portugal. */
  readonly local: string
}
