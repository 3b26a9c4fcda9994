import type { Declarations, Field, Type } from "./Declarations.ts"

/** A JSON value. */
export type Sample = string | number | boolean | ReadonlyArray<Sample> | { readonly [name: string]: Sample }

/** Makes values of declared types: the least that each is, and the same with each thing that it may have besides. */
export class Samples {
  readonly #declarations: Declarations

  constructor(declarations: Declarations) {
    this.#declarations = declarations
  }

  /**
   * Values in which every optional field and every alternative occurs, as deep as that: of 1, each field of the type
   * itself; of 2, also each field of those.
   */
  all(type: Type, depth: number): ReadonlyArray<Sample> {
    const alternatives = this.#alternatives(type)
    if (depth === 0) return alternatives.slice(0, 1).map((one) => this.#least(one))
    return alternatives.flatMap((one) => {
      if (one._tag === "Array") return this.all(one.item, depth).map((item) => [item])
      const fields = this.#fieldsOf(one)
      if (fields === undefined) return [this.#least(one)]
      const least = this.#leastOf(fields)
      return [
        least,
        ...fields.flatMap(({ isOptional, name, type }) =>
          this.all(type, depth - 1)
            .slice(isOptional ? 0 : 1)
            .map((value) => ({ ...least, [name]: value })),
        ),
      ]
    })
  }

  /** The fields of what is an object. */
  fields(name: string): ReadonlyArray<Field> {
    return this.#fieldsOf({ _tag: "Named", name, within: "", of: [] }) ?? []
  }

  #least(type: Type): Sample {
    const [one] = this.#alternatives(type)
    if (one === undefined) throw new Error("a type has no values")
    if (one._tag === "Literal") return one.value
    if (one._tag === "Array") return [this.#least(one.item)]
    const fields = this.#fieldsOf(one)
    if (fields !== undefined) return this.#leastOf(fields)
    const primitive = one._tag === "Named" ? primitives[one.name] : undefined
    if (primitive === undefined) throw new Error(`no value is known of ${JSON.stringify(one)}`)
    return primitive
  }

  #leastOf(fields: ReadonlyArray<Field>): { readonly [name: string]: Sample } {
    const required = fields.filter(({ isOptional }) => !isOptional)
    return Object.fromEntries(required.map(({ name, type }) => [name, this.#least(type)]))
  }

  /** What a type may be, names looked up. */
  #alternatives(type: Type): ReadonlyArray<Type> {
    if (type._tag === "Union") return type.types.flatMap((one) => this.#alternatives(one))
    if (type._tag !== "Named") return [type]
    const [first, second] = type.of
    if (type.name === "Array" && first !== undefined) return [{ _tag: "Array", item: first }]
    if (type.name === "Exclude" && first !== undefined && second !== undefined) {
      const without = this.#alternatives(second)
      return this.#alternatives(first).filter((one) => !without.includes(one))
    }
    if (type.name === "FieldOf" && first !== undefined && second !== undefined) {
      const [key] = this.#alternatives(second)
      const field = this.#fieldsOf(first)?.find(({ name }) => key?._tag === "Literal" && name === key.value)
      return field === undefined ? [] : this.#alternatives(field.type)
    }
    const declared = this.#declared(type)
    return declared === undefined ? [type] : this.#alternatives(declared)
  }

  #declared({ name, within }: Extract<Type, { readonly _tag: "Named" }>): Type | undefined {
    return this.#declarations.get(`${within}${name}`) ?? this.#declarations.get(name)
  }

  /** Of an object all its fields, also those of what it extends; undefined: it is none. */
  #fieldsOf(type: Type): ReadonlyArray<Field> | undefined {
    if (type._tag === "Object") {
      return merged([...type.bases.map((base) => this.#fieldsOf(base) ?? []), type.fields])
    }
    if (type._tag === "Both") return merged(type.types.map((one) => this.#fieldsOf(one) ?? []))
    if (type._tag !== "Named") return undefined
    const [of, names] = type.of
    if (type.name === "Omit" && of !== undefined && names !== undefined) {
      const without = this.#alternatives(names).map((one) => (one._tag === "Literal" ? one.value : ""))
      return this.#fieldsOf(of)?.filter(({ name }) => !without.includes(name))
    }
    if (type.name === "MsgWith" && of !== undefined) {
      const wanted = this.#alternatives(of).map((one) => (one._tag === "Literal" ? one.value : ""))
      const fields = this.fields("Message").filter(({ name }) => wanted.includes(name))
      return fields.map((field) => ({ ...field, isOptional: false }))
    }
    if (type.name === "Partial" && of !== undefined) {
      return this.#fieldsOf(of)?.map((field) => ({ ...field, isOptional: true }))
    }
    const declared = this.#declared(type)
    return declared === undefined ? undefined : this.#fieldsOf(declared)
  }
}

const primitives: Readonly<Record<string, Sample>> = { string: "text", number: 7, boolean: true }

/** The last one that has a field says what it is; it is there for certain where any says so. */
const merged = (all: ReadonlyArray<ReadonlyArray<Field>>): ReadonlyArray<Field> => {
  const fields = new Map<string, Field>()
  for (const field of all.flat()) {
    const isOptional = field.isOptional && fields.get(field.name)?.isOptional !== false
    fields.set(field.name, { ...field, isOptional })
  }
  return [...fields.values()].filter(({ type }) => type._tag !== "Named" || type.name !== "undefined")
}
