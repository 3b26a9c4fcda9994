/** Values that services have learnt since the models were written, each with where AWS says so. */
export const newer: Readonly<Record<string, ReadonlyArray<string>>> = {
  // https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
  "aws:lambda/function:Function runtime": ["nodejs24.x"],
}
