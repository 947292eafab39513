import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";
import { loadWords } from "../i18n/language.ts";

// Components are tested without a route, which would bring their words.
await loadWords();

afterEach(cleanup);
