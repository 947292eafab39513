import { loadWords } from "../i18n/language.ts";

// Tests have no route, which would bring the words.
await loadWords();
