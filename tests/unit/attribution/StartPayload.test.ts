import { parse, type StartPayload } from "@concierge/core/attribution/StartPayload.ts"
import { assert, describe, it } from "@effect/vitest"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"

const base64url = (text: string): string => Buffer.from(text).toString("base64url")

const code = (ref_code: string): StartPayload => ({ _tag: "Understood", form: "code", attribution: { ref_code } })

const understood = (text: string) => {
  const payload = parse(base64url(text))
  return payload._tag === "Understood" ? { form: payload.form, ...payload.attribution } : payload
}

describe("a payload", () => {
  it("may be missing", () => {
    assert.deepStrictEqual(parse(""), { _tag: "None" })
    assert.deepStrictEqual(parse(" \n\t"), { _tag: "None" })
  })

  it("is a plain code when nothing else fits, even if it happens to be base64url", () => {
    for (const text of ["ref_summer24", "ref_campaign123", "abcd", "ab=", "l_short", "x".repeat(64)]) {
      assert.deepStrictEqual(parse(text), code(text))
    }
    assert.deepStrictEqual(parse("  ref_summer24 "), code("ref_summer24"))
  })

  it("that no link can carry is not understood, and as much of it kept as one could", () => {
    for (const text of ["x".repeat(65), "x".repeat(513), "a=b", "¡hola!", "👨‍👩‍👧", "hello from my friend"]) {
      const [reason, kept] = ["no link can carry it" as const, text.slice(0, 64)]
      assert.deepStrictEqual(parse(text), { _tag: "NotUnderstood", reason, code: kept })
    }
    for (const text of ["a\u0000b", "a\nb", "a\ud800b", "a\u202eb", "a\u2028b", "a\uffffb"]) {
      assert.deepStrictEqual(parse(text), { _tag: "NotUnderstood", reason: "not printable" })
    }
  })
})

describe("a stored link", () => {
  const linkId = "abcdEFGH0123-_xy"
  const link = (payload: string, clickId?: string) => ({
    _tag: "Link" as const,
    linkId,
    code: payload,
    ...(clickId !== undefined && { clickId }),
  })

  it("is read by position, with whatever click id follows", () => {
    assert.deepStrictEqual(parse(`l_${linkId}`), link(`l_${linkId}`))
    const full = `l_${linkId}-${"-a".repeat(22)}b`
    assert.lengthOf(full, 64)
    assert.deepStrictEqual(parse(full), link(full, `${"-a".repeat(22)}b`))
    for (const empty of [`l_${linkId}-`, `l_${linkId}-__CLICK_ID__`, `l_${linkId}-undefined`]) {
      assert.deepStrictEqual(parse(empty), link(empty))
    }
  })

  it("has exactly its form: anything else that begins so is a code", () => {
    for (const text of [`l_${linkId}x`, `l_${linkId.slice(1)}`, `L_${linkId}`, `l_${linkId}=`]) {
      assert.deepStrictEqual(parse(text), code(text))
    }
  })
})

describe("a token", () => {
  it("names referrer, source, medium and campaign", () => {
    assert.deepStrictEqual(understood("ana|instagram|story|spring|n1|1700000000"), {
      form: "token",
      ref_code: "ana",
      utm: { source: "instagram", medium: "story", campaign: "spring" },
    })
    assert.deepStrictEqual(understood("|| |verano ñ||"), { form: "token", utm: { campaign: "verano ñ" } })
    assert.deepStrictEqual(understood("ana|||||"), { form: "token", ref_code: "ana" })
  })

  it("has four to six fields and a name", () => {
    for (const text of ["ana|ig|story|spring", "ana|ig|story|spring|n1"]) {
      const utm = { source: "ig", medium: "story", campaign: "spring" }
      assert.deepStrictEqual(understood(text), { form: "token", ref_code: "ana", utm })
    }
    assert.deepStrictEqual(understood("undefined|ig|{{medium}}|null||"), { form: "token", utm: { source: "ig" } })
    for (const text of ["ana|ig|story", "ana|ig|story|spring|n1|1|2", "||||n1|1", "|||||"]) {
      assert.deepStrictEqual(parse(base64url(text)), code(base64url(text)))
    }
  })

  it("may be padded when it is typed", () => {
    const padded = Buffer.from("anna|||||").toString("base64url")
    const typed = Buffer.from("an|||||").toString("base64")
    assert.deepInclude(parse(padded), { form: "token" })
    assert.isTrue(typed.endsWith("=="))
    assert.deepInclude(parse(typed), { form: "token" })
    assert.deepInclude(parse(typed.slice(0, -1)), { form: "code" })
    assert.deepInclude(parse(`${padded}=`), { form: "code" })
    assert.deepStrictEqual(parse(typed.replaceAll("=", "%3D")), parse(typed))
    assert.deepStrictEqual(parse(typed.replaceAll("=", "%3d")), parse(typed))
  })

  it("is strictly base64url of printable UTF-8", () => {
    const typed = base64url("an|||||")
    assert.isTrue(typed.endsWith("A") || typed.endsWith("Q") || typed.endsWith("g") || typed.endsWith("w"))
    const nextBit = typed.slice(0, -1) + String.fromCharCode(typed.charCodeAt(typed.length - 1) + 1)
    assert.deepStrictEqual(parse(nextBit), code(nextBit))
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0x00], [0x1f], [0x7f], [0xef, 0xbb, 0xbf]]) {
      const payload = Buffer.from([...bytes, ...Buffer.from("a|||||")]).toString("base64url")
      assert.deepStrictEqual(parse(payload), code(payload))
    }
    const standard = Buffer.from("~~~?|||||").toString("base64")
    assert.match(standard, /[+/]/)
    assert.propertyVal(parse(standard), "reason", "no link can carry it")
    const broken = `${typed.slice(0, 4)}\n${typed.slice(4)}`
    assert.deepStrictEqual(parse(broken), { _tag: "NotUnderstood", reason: "not printable" })
  })
})

describe("a query", () => {
  it("names source, medium, campaign, content and referrer", () => {
    assert.deepStrictEqual(understood("utm_source=i&utm_campaign=a%20b+c&utm_term=k"), {
      form: "query",
      utm: { source: "i", campaign: "a b c", term: "k" },
    })
    assert.deepStrictEqual(understood("utm_medium=m&utm_content=x&ref=ana"), {
      form: "query",
      ref_code: "ana",
      utm: { medium: "m", content: "x" },
    })
    for (const text of ["ref=ana", "ref_code=ana", "ref_code=ana&ref=eva&other=1", "ref=ana&utm_source=null"]) {
      assert.deepStrictEqual(understood(text), { form: "query", ref_code: "ana" })
    }
  })

  it("has at least one name that says something, and nothing unprintable", () => {
    const texts = ["ref=", "utm_source=", "utm_source=%20", "utm_source=a%00", "utm_source=%ff", "utm_source=a&ref=%00"]
    for (const text of texts) assert.deepStrictEqual(parse(base64url(text)), code(base64url(text)))
  })
})

const oddities = [
  "|",
  "||",
  "=",
  "utm_source=",
  "utm_content=%00",
  "&",
  "_",
  "-",
  "l_",
  "a",
  "9",
  "é",
  " ",
  "😀",
].concat(["\0", "\n", "\ud800", "\udc00", "\u202e", "\ufffd"])
const odd = Arbitrary.map(Arbitrary.array(Arbitrary.schema(Schema.Literals(oddities))), (parts) => parts.join(""))
const encoded = Arbitrary.map(odd, base64url)
const numbers = (maximum: number) =>
  Arbitrary.array(Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum }))), { maxLength: 600 })
const units = Arbitrary.map(numbers(0xffff), (codes) => String.fromCharCode(...codes))
const bytes = Arbitrary.map(numbers(0xff), (all) => Buffer.from(all).toString("base64url"))
const settings = { arbitrary: { runs: 1000 } }

const values = (payload: StartPayload): ReadonlyArray<string> =>
  payload._tag === "Understood"
    ? [payload.attribution.ref_code ?? [], ...Object.values(payload.attribution.utm ?? {})].flat()
    : []

for (const [name, texts] of Object.entries({ odd, encoded, units, bytes })) {
  it.prop(
    `any text is read without a throw, and only printable, non-empty words come of it (${name})`,
    [texts],
    ([text]) => {
      const payload = parse(text)
      for (const value of values(payload)) {
        assert.match(value, /\S/)
        assert.notMatch(value, /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u)
        assert.isAtMost(value.length, 512)
      }
      if (payload._tag === "Understood") assert.isNotEmpty(values(payload))
    },
    settings,
  )
}

const word = Schema.String.check(Schema.isPattern(/^[a-zA-Z0-9áñ漢.+-]{0,6}$/))

it.prop(
  "a link is read as it was meant",
  [word, word, word, word],
  ([ref, source, medium, campaign]) => {
    const query = new URLSearchParams({ ref, utm_source: source, utm_medium: medium, utm_campaign: campaign })
    const forms = { token: [ref, source, medium, campaign, "n1", "17"].join("|"), query: query.toString() }
    const meant = [ref, source, medium, campaign].filter(
      (value) => value !== "" && !/^(nul|no|na|nil|true|false)/i.test(value),
    )
    for (const [form, text] of Object.entries(forms)) {
      const payload = base64url(text)
      if (payload.length > 64 || meant.length === 0) continue
      assert.propertyVal(parse(payload), "form", form)
      assert.includeMembers([...values(parse(payload))], meant)
    }
  },
  settings,
)
