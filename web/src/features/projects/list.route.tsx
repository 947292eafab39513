import { createFileRoute } from "@tanstack/react-router";
import { useMessages } from "../../i18n/language.ts";

export const Route = createFileRoute("/")({ component: ProjectsPage });

function ProjectsPage() {
  const m = useMessages();
  return <h1>{m.projects.title}</h1>;
}
