import * as Predicate from "effect/Predicate"

/**
 * fauxqs 2.4.1 forgets the `MessageGroupId` of a standard queue's message, by which SQS shares fairly. This remembers it:
 * given what was asked and what is answered, it gives the answer as SQS would.
 */
export const rememberGroups = () => {
  const groups = new Map<string, string>()
  return (action: string, asked: unknown, answer: unknown): unknown => {
    if (action === "AmazonSQS.SendMessage") {
      const [id, group] = [textOf(answer, "MessageId"), textOf(asked, "MessageGroupId")]
      if (id !== undefined && group !== undefined) groups.set(id, group)
      return answer
    }
    const messages = Predicate.hasProperty(answer, "Messages") ? answer.Messages : undefined
    if (action !== "AmazonSQS.ReceiveMessage" || !Array.isArray(messages)) return answer
    return {
      Messages: messages.map((message: object) => {
        const group = groups.get(textOf(message, "MessageId") ?? "")
        const attributes = Predicate.hasProperty(message, "Attributes") ? Object(message.Attributes) : {}
        return group === undefined ? message : { ...message, Attributes: { ...attributes, MessageGroupId: group } }
      }),
    }
  }
}

const textOf = (value: unknown, key: string): string | undefined => {
  const found = Predicate.hasProperty(value, key) ? value[key] : undefined
  return Predicate.isString(found) ? found : undefined
}
