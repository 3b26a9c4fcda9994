/** What a service says of a value, in the words of its own model. */
export interface Shape {
  readonly members?: Readonly<Record<string, string>>
  readonly item?: string
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly enum?: ReadonlyArray<string>
  readonly kind?: "string" | "number"
}

export interface Models {
  /** Where the models were taken from. */
  readonly source: string
  /** By the provider's type: the shape of the call that makes it. */
  readonly roots: Readonly<Record<string, string>>
  /** By `service.Shape`. */
  readonly shapes: Readonly<Record<string, Shape>>
}
