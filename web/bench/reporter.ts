import type { Reporter, TestCase, TestError, TestResult } from "@playwright/test/reporter";

/** Prints what is measured and why it could not be, and nothing else. */
export default class Plain implements Reporter {
  onStdOut(text: string | Buffer): void {
    process.stdout.write(text);
  }
  onStdErr(text: string | Buffer): void {
    process.stderr.write(text);
  }
  onError(error: TestError): void {
    process.stderr.write(`${error.stack ?? error.message ?? ""}\n`);
  }
  onTestEnd(_: TestCase, result: TestResult): void {
    result.errors.forEach((error) => this.onError(error));
  }
  printsToStdio(): boolean {
    return true;
  }
}
