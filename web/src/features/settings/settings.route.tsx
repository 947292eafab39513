import { createFileRoute } from "@tanstack/react-router";
import { settings } from "./queries.ts";
import { SettingsPage } from "./SettingsPage.tsx";

export const Route = createFileRoute("/p/$project/settings/{-$tab}")({
  loader: async ({ context: { queryClient }, params: { project } }) => {
    await queryClient.ensureQueryData(settings.project(project));
  },
  component: SettingsPage,
});
