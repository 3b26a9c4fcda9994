import { readFileSync } from "node:fs"

/** A type, as far as declarations of the Bot API's objects write them. */
export type Type =
  | { readonly _tag: "Literal"; readonly value: string | number | boolean }
  | { readonly _tag: "Named"; readonly name: string; readonly within: string; readonly of: ReadonlyArray<Type> }
  | { readonly _tag: "Object"; readonly bases: ReadonlyArray<Type>; readonly fields: ReadonlyArray<Field> }
  | { readonly _tag: "Union" | "Both"; readonly types: ReadonlyArray<Type> }
  | { readonly _tag: "Array"; readonly item: Type }

export interface Field {
  readonly name: string
  readonly isOptional: boolean
  readonly type: Type
}

/** What is declared, by its full name: `Message`, `Message.TextMessage`. */
export type Declarations = ReadonlyMap<string, Type>

/** Reads the declarations of a file and of all that it imports. Stops with an error at what it does not understand. */
export const declarationsIn = (file: URL): Declarations => {
  const found = new Map<string, Type>()
  const files = new Set([file.href])
  for (const href of files) {
    const text = readFileSync(new URL(href), "utf8")
    for (const [, name] of text.matchAll(/from "(\.\/\w+)\.js"/g)) files.add(new URL(`${name}.d.ts`, href).href)
    new Reader(text, found).read("")
  }
  return found
}

const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\])*"|`[^`]*`|[\w$]+(?:\.[\w$]+)*|\S/g

class Reader {
  readonly #found: Map<string, Type>
  readonly #tokens: ReadonlyArray<string>
  #at = 0

  constructor(text: string, found: Map<string, Type>) {
    this.#found = found
    this.#tokens = (text.match(token) ?? []).filter((found) => !found.startsWith("/"))
  }

  /** Declarations until the end of the file or of the namespace. */
  read(within: string): void {
    while (this.#at < this.#tokens.length && !this.#takes("}")) {
      const word = this.#next()
      if (word === "export" && this.#isNext("{", "*")) this.#skip()
      else if (word === "import" || word === "const") this.#skip()
      else if (word === "namespace") this.#namespace(within)
      else if (word === "interface") this.#interface(within)
      else if (word === "type") this.#alias(within)
    }
  }

  #namespace(within: string): void {
    const name = this.#next()
    this.#expect("{")
    this.read(`${within}${name}.`)
  }

  #interface(within: string): void {
    const name = `${within}${this.#next()}`
    this.#parameters()
    const bases = this.#takes("extends") ? this.#list(() => this.#postfix(within), ",") : []
    this.#found.set(name, { _tag: "Object", bases, fields: this.#fields(within) })
  }

  #alias(within: string): void {
    const name = `${within}${this.#next()}`
    const isGeneric = this.#parameters()
    this.#expect("=")
    // Of these the few that are needed are known by their names to whoever makes samples.
    if (!isGeneric) this.#found.set(name, this.#type(within))
    if (!this.#takes(";")) this.#skip()
  }

  #fields(within: string): ReadonlyArray<Field> {
    const fields: Array<Field> = []
    this.#expect("{")
    while (!this.#takes("}")) {
      const name = this.#next()
      const isOptional = this.#takes("?")
      this.#expect(":")
      fields.push({ name, isOptional, type: this.#type(within) })
      this.#takes(";")
    }
    return fields
  }

  #type(within: string): Type {
    this.#takes("|")
    const types = this.#list(() => this.#both(within), "|")
    return types.length === 1 && types[0] !== undefined ? types[0] : { _tag: "Union", types }
  }

  #both(within: string): Type {
    const types = this.#list(() => this.#postfix(within), "&")
    return types.length === 1 && types[0] !== undefined ? types[0] : { _tag: "Both", types }
  }

  #postfix(within: string): Type {
    let type = this.#primary(within)
    while (this.#takes("[")) {
      if (this.#takes("]")) type = { _tag: "Array", item: type }
      else {
        type = { _tag: "Named", name: "FieldOf", within, of: [type, this.#type(within)] }
        this.#expect("]")
      }
    }
    return type
  }

  #primary(within: string): Type {
    if (this.#isNext("{")) return { _tag: "Object", bases: [], fields: this.#fields(within) }
    if (this.#takes("(")) {
      const type = this.#type(within)
      this.#expect(")")
      return type
    }
    const word = this.#next()
    if (word === "keyof") return this.#primary(within)
    if (word.startsWith("`")) return { _tag: "Named", name: "string", within, of: [] }
    if (word.startsWith('"')) return { _tag: "Literal", value: JSON.parse(word) }
    if (/^-?\d/.test(word)) return { _tag: "Literal", value: Number(word) }
    if (word === "true" || word === "false") return { _tag: "Literal", value: word === "true" }
    const of = this.#takes("<") ? this.#list(() => this.#type(within), ",") : []
    if (of.length > 0) this.#expect(">")
    return { _tag: "Named", name: word, within, of }
  }

  #list(one: () => Type, separator: string): ReadonlyArray<Type> {
    const types = [one()]
    while (this.#takes(separator)) types.push(one())
    return types
  }

  /** Whether there are any. */
  #parameters(): boolean {
    if (!this.#isNext("<")) return false
    for (let open = 0; ; ) {
      const word = this.#next()
      open += word === "<" ? 1 : word === ">" ? -1 : 0
      if (open === 0) return true
    }
  }

  #skip(): void {
    while (this.#next() !== ";");
  }

  #next(): string {
    const word = this.#tokens[this.#at++]
    if (word === undefined) throw new Error("a declaration ends in the middle")
    return word
  }

  #isNext(...words: ReadonlyArray<string>): boolean {
    return words.includes(this.#tokens[this.#at] ?? "")
  }

  #takes(word: string): boolean {
    const isNext = this.#isNext(word)
    if (isNext) this.#at++
    return isNext
  }

  #expect(word: string): void {
    const found = this.#next()
    if (found !== word)
      throw new Error(
        `a declaration has "${found}" where "${word}" should be: ${this.#tokens.slice(Math.max(0, this.#at - 8), this.#at).join(" ")}`,
      )
  }
}
