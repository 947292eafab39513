import { createFileRoute } from "@tanstack/react-router";
import { loadWords } from "../../i18n/language.ts";
import { AccountPage } from "./AccountPage.tsx";

export const Route = createFileRoute("/account/{-$tab}")({
  beforeLoad: loadWords,
  component: AccountPage,
});
