import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Ellipsis, FileDown, FileStack, FileUp } from "lucide-react";
import { lazy, Suspense } from "react";
import { errorText } from "../../api/error.ts";
import { downloadYaml } from "../../entity/export.ts";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { Menu, MenuItem } from "../../ui/menu/Menu.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { projectDocuments } from "./export-project.ts";

const ImportDialog = lazy(async () => ({
  default: (await import("../../entity/import/ImportDialog.tsx")).ImportDialog,
}));
const route = getRouteApi("/p/$project/");

/** All documents of the project at once: EXPORT saves them, IMPORT makes them of a file. */
export function Documents({ project }: { project: string }) {
  const m = useMessages();
  const toast = useToast();
  const navigate = useNavigate();
  const blocked = useWriteBlock();
  const { import: importing, ...search } = route.useSearch();
  const show = (open: boolean) =>
    void navigate({ to: "/p/$project", params: { project }, search: { ...search, ...(open && { import: true }) } });
  const save = async (versions: "latest" | "all") => {
    try {
      const documents = await projectDocuments(project, versions);
      await downloadYaml(project, documents);
      toast({
        tone: "success",
        text: `${m.imports.exported(documents.length)} ${versions === "all" ? m.imports.exportAllHelp : m.imports.exportHelp}`,
      });
    } catch (error) {
      toast({ tone: "error", text: errorText(error) });
    }
  };
  return (
    <>
      <Menu trigger={<IconButton tone="plain" label={m.ui.more} icon={<Ellipsis />} />}>
        <MenuItem icon={<FileUp />} disabledReason={blocked} onSelect={() => show(true)}>
          {m.imports.action}
        </MenuItem>
        <MenuItem icon={<FileDown />} onSelect={() => void save("latest")}>
          {m.imports.exportAll}
        </MenuItem>
        <MenuItem icon={<FileStack />} onSelect={() => void save("all")}>
          {m.imports.exportVersions}
        </MenuItem>
      </Menu>
      {importing === true && (
        <Suspense>
          <ImportDialog project={project} onClose={() => show(false)} />
        </Suspense>
      )}
    </>
  );
}
