/** A field that the server refused. */
export interface FieldError {
  /** JSON pointer into what was sent. */
  pointer: string;
  message: string;
  rule: string;
}

type FailureKind = "error" | "forbidden" | "not-found" | "offline";

interface ErrorParts {
  status: number;
  code: string;
  message: string;
  requestId?: string | undefined;
  fields?: readonly FieldError[] | undefined;
  request?: string | undefined;
}

/** Which view shows a status that is not a plain failure; the one table. */
const views: Readonly<Record<number, FailureKind>> = {
  0: "offline",
  401: "forbidden",
  403: "forbidden",
  404: "not-found",
};

/** An answer that says no, or no answer at all (status 0). Everything that fails on the wire becomes one. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly fields: readonly FieldError[];
  /** What was asked, such as GET /api/v1/projects. */
  readonly request: string | undefined;

  constructor(parts: ErrorParts) {
    super(parts.message);
    this.name = "ApiError";
    this.status = parts.status;
    this.code = parts.code;
    this.requestId = parts.requestId;
    this.fields = parts.fields ?? [];
    this.request = parts.request;
  }

  /** Whether asking again may help without anything being changed. */
  get temporary(): boolean {
    return this.status === 0 || this.status >= 500;
  }

  /** What a view shows (ui/state/failure.ts). */
  get failure() {
    const details = [
      this.request,
      `${this.status} ${this.code}`,
      this.message,
      ...this.fields.map((f) => `${f.pointer}: ${f.message}`),
      this.requestId,
    ]
      .filter((line) => line !== undefined)
      .join("\n");
    return {
      kind: views[this.status] ?? ("error" as const),
      message: this.message,
      requestId: this.requestId,
      details,
    };
  }
}

let away = () => "The server cannot be reached";

/** How it is said that no answer came; the language spoken is known to others. */
export function setAwayWords(words: () => string): void {
  away = words;
}

/** The words of a failure for a form, a dialog or a toast; it always has some. */
export function errorText(error: unknown): string {
  if (error instanceof ApiError && error.status === 0 && error.message === "") return away();
  return error instanceof Error ? error.message : String(error);
}

/** Reads an answer that says no. A body that is no JSON, such as a proxy's page, is not shown. */
export async function errorFrom(response: Response, request: string): Promise<ApiError> {
  const status = response.status;
  const requestId = response.headers.get("x-request-id") ?? undefined;
  let body: unknown;
  try {
    body = await response.json();
  } catch {
    body = undefined;
  }
  const fields: FieldError[] = [];
  for (const item of asArray(asObject(body)["errors"])) {
    const { pointer, message, rule } = asObject(item);
    if (typeof message === "string") fields.push({ pointer: asText(pointer), message, rule: asText(rule) });
  }
  const { message, errorCode, requestId: named } = asObject(body);
  return new ApiError({
    status,
    code: asText(errorCode) || "http",
    message: asText(message) || `${status} ${response.statusText}`.trim(),
    requestId: asText(named) || requestId,
    fields,
    request,
  });
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : "";
}
