import { expect, test } from "vitest";
import { ApiError, errorFrom, errorText, setAwayWords } from "./error.ts";

const answer = (status: number, body: string) => new Response(body, { status, headers: { "x-request-id": "r-1" } });

test("a refusal keeps its fields, code and request id", async () => {
  const body = {
    message: "No.",
    errorCode: "invalid",
    requestId: "r-2",
    errors: [{ pointer: "/name", message: "too long", rule: "maxLength" }],
  };
  const error = await errorFrom(answer(400, JSON.stringify(body)), "POST /x");
  expect(error).toMatchObject({ status: 400, code: "invalid", message: "No.", requestId: "r-2", temporary: false });
  expect(error.fields).toEqual([{ pointer: "/name", message: "too long", rule: "maxLength" }]);
  expect(error.failure).toMatchObject({ kind: "error", requestId: "r-2" });
});

test("a body that is no JSON is not shown", async () => {
  const error = await errorFrom(answer(502, "<html>proxy</html>"), "GET /x");
  expect(error.message).not.toContain("proxy");
  expect(error).toMatchObject({ status: 502, requestId: "r-1", temporary: true });
});

test.each([
  [0, "offline"],
  [401, "forbidden"],
  [403, "forbidden"],
  [404, "not-found"],
  [409, "error"],
  [500, "error"],
])("status %i is shown as %s", (status, kind) => {
  expect(new ApiError({ status, code: "x", message: "x" }).failure.kind).toBe(kind);
});

test("an answer that never came is said in words too", () => {
  const lost = new ApiError({ status: 0, code: "offline", message: "" });
  expect(errorText(lost)).toBe("The server cannot be reached");
  setAwayWords(() => "Il server non è raggiungibile");
  expect(errorText(lost)).toBe("Il server non è raggiungibile");
  expect(errorText(new ApiError({ status: 409, code: "conflict", message: "Taken." }))).toBe("Taken.");
});
