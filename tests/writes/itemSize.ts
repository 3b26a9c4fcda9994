import type { AttributeValue } from "@aws-sdk/client-dynamodb"
import { type Item, itemOf } from "@concierge/aws/dynamo/attributes.ts"

/** Bytes of an item as DynamoDB counts them (Developer Guide, "DynamoDB item sizes and formats"). */
export const itemSize = (fields: Readonly<Record<string, unknown>>): number => sizeOfMap(itemOf(fields))

const sizeOfMap = (item: Item): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOf(value), 0)

/** A list or a map is 3 bytes, and one more for each of its elements. */
const sizeOf = (value: AttributeValue): number => {
  if (value.S !== undefined) return Buffer.byteLength(value.S)
  if (value.N !== undefined) return sizeOfNumber(value.N)
  if (value.L !== undefined) return 3 + value.L.reduce((sum, element) => sum + 1 + sizeOf(element), 0)
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + sizeOfMap(value.M)
  return 1
}

/** A byte for two significant digits, one more for the exponent, and one for a sign. */
const sizeOfNumber = (text: string): number => {
  const digits = text
    .replace(/^-/, "")
    .replace(".", "")
    .replace(/^0+|0+$/g, "")
  return Math.ceil(digits.length / 2) + 1 + (text.startsWith("-") ? 1 : 0)
}
