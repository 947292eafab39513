import { expect, test } from "vitest";
import { parseSearch, writeSearch } from "../../lib/search-params.ts";
import { fromTokens, type ListSearch, parseList, toQuery, toTokens } from "./search.ts";

test.each<ListSearch>([
  {},
  { name: "cit" },
  { name: "a b", kind: "table", state: "READY", label: ["ml", "eu"] },
  { label: ["<script>alert(1)</script>"] },
])("%o survives URL and tokens", (search) => {
  expect(parseList(parseSearch(writeSearch({ ...search })))).toEqual(search);
  expect(fromTokens(toTokens(search))).toEqual(search);
});

test("what the list does not know is dropped", () => {
  expect(parseList({ sort: "-size", page: "3", upload: "maybe", kind: ["table", "croissant"] })).toEqual({
    kind: "table",
  });
  expect(parseList({ sort: ["created,desc", "size,asc", "name,asc"], upload: "true" })).toEqual({
    sort: ["created,desc", "name,asc"],
    upload: true,
  });
});

test("the server is asked for the order of the URL, and without one for the newest changes", () => {
  expect(toQuery({}, 0).sort).toEqual(["updated,desc"]);
  expect(toQuery({ sort: ["kind,asc", "name,desc"] }, 0).sort).toEqual(["kind,asc", "name,desc"]);
});
