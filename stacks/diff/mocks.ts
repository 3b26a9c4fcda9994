// What AWS would answer: enough for the stacks to be worked out, nothing that a test should believe of AWS itself.

export const account = "123456789012"

type Values = Readonly<Record<string, unknown>>

/** ARNs name the service otherwise than the provider's types do. */
const services: Readonly<Record<string, string>> = { apigatewayv2: "apigateway" }
const global = ["s3", "iam", "cloudfront", "budgets"]

const arnOf = (type: string, name: string, region: string) => {
  const service = type.split(":")[1]?.split("/")[0] ?? ""
  const where = global.includes(service) ? "" : region
  return `arn:aws:${services[service] ?? service}:${where}:${service === "s3" ? "" : account}:${name}`
}

/** Properties that only a created resource has. */
export const createdState = (type: string, name: string, inputs: Values, region: string): Values => {
  const arn = arnOf(type, name, region)
  return { arn, name, ...inputs, ...special(type, name, inputs, region) }
}

const special = (type: string, name: string, inputs: Values, region: string): Values => {
  switch (type) {
    case "aws:iam/role:Role":
      return { arn: `arn:aws:iam::${account}:role/${name}` }
    case "aws:cloudwatch/logGroup:LogGroup":
      return { arn: `arn:aws:logs:${region}:${account}:log-group:${inputs.name ?? name}` }
    case "aws:sqs/queue:Queue":
      return { url: `https://sqs.${region}.amazonaws.com/${account}/${name}` }
    case "aws:apigatewayv2/api:Api":
      return {
        apiEndpoint: `https://${name.toLowerCase()}.execute-api.${region}.amazonaws.com`,
        executionArn: `arn:aws:execute-api:${region}:${account}:${name}`,
      }
    case "aws:lambda/function:Function": {
      const own = `arn:aws:lambda:${region}:${account}:function:${inputs.name ?? name}`
      return { arn: own, version: "1", qualifiedArn: `${own}:1`, invokeArn: `${own}/invocations` }
    }
    case "aws:lambda/alias:Alias":
      return { arn: `arn:aws:lambda:${region}:${account}:function:${inputs.functionName}:${inputs.name}` }
    case "aws:s3/bucket:Bucket":
      return { bucket: inputs.bucket ?? name.toLowerCase() }
    case "aws:kms/key:Key":
      return { keyId: `${name}-id` }
    case "aws:cloudfront/distribution:Distribution":
      return { domainName: "d111111abcdef8.cloudfront.net", hostedZoneId: "Z2FDTNDATAQYW2", etag: "E1" }
    case "aws:acm/certificate:Certificate":
      return {
        domainValidationOptions: [
          {
            domainName: inputs.domainName,
            resourceRecordName: `_check.${inputs.domainName}`,
            resourceRecordType: "CNAME",
            resourceRecordValue: "_check.acm-validations.aws",
          },
        ],
      }
    case "aws:apigatewayv2/domainName:DomainName":
      return {
        domainNameConfiguration: { targetDomainName: `d-1.execute-api.${region}.amazonaws.com`, hostedZoneId: "Z1" },
      }
    case "random:index/randomBytes:RandomBytes":
      return { base64: Buffer.alloc(Number(inputs.length)).toString("base64") }
    case "random:index/randomPassword:RandomPassword":
      return { result: "generated-once-for-each-stage" }
    case "pulumi-nodejs:dynamic:Resource":
      return { isDone: true, zoneId: "Z3" }
    default:
      return {}
  }
}

interface Statement {
  readonly effect?: string
  readonly actions?: ReadonlyArray<string>
  readonly resources?: ReadonlyArray<string>
  readonly principals?: ReadonlyArray<{ readonly type: string; readonly identifiers: ReadonlyArray<string> }>
  readonly conditions?: ReadonlyArray<{
    readonly test: string
    readonly variable: string
    readonly values: ReadonlyArray<string>
  }>
}

export const answerCall = (token: string, inputs: Values, region: string): Values => {
  switch (token) {
    case "aws:index/getPartition:getPartition":
      return { partition: "aws" }
    case "aws:index/getRegion:getRegion":
      return { region, name: region, id: region }
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: account }
    case "aws:iam/getPolicyDocument:getPolicyDocument": {
      const statements = (inputs.statements ?? []) as ReadonlyArray<Statement>
      return { statements, json: JSON.stringify({ Version: "2012-10-17", Statement: statements.map(written) }) }
    }
    default:
      throw new Error(`the offline plan has no answer for ${token}: add one to stacks/diff/mocks.ts`)
  }
}

const written = ({ effect = "Allow", actions, resources, principals, conditions = [] }: Statement) => ({
  Effect: effect,
  ...(principals
    ? { Principal: Object.fromEntries(principals.map(({ type, identifiers }) => [type, identifiers])) }
    : {}),
  Action: actions,
  Resource: resources,
  ...(conditions.length > 0 ? { Condition: conditionBlock(conditions) } : {}),
})

const conditionBlock = (conditions: NonNullable<Statement["conditions"]>) => {
  const block: Record<string, Record<string, ReadonlyArray<string>>> = {}
  for (const { test, variable, values } of conditions) block[test] = { ...block[test], [variable]: values }
  return block
}
