// In place of the SDK, for what a handler takes by itself.
export class SQSClient {
  readonly middlewareStack = { remove: () => true }
  readonly send = async () => ({ MessageId: "stub" })
  readonly destroy = () => {}
}

export class SendMessageCommand {
  readonly middlewareStack = { add: () => {} }
  readonly input: unknown
  constructor(input: unknown) {
    this.input = input
  }
}
