import {
  Braces,
  Copy,
  CopyPlus,
  Download,
  Ellipsis,
  FileDown,
  History,
  Pencil,
  Play,
  Trash2,
  Upload,
} from "lucide-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { errorText } from "../../api/error.ts";
import { downloadYaml } from "../../entity/export.ts";
import { ButtonLink } from "../../entity/links.tsx";
import { Inspector } from "../../entity/Inspector.tsx";
import { useWide } from "../../entity/wide.ts";
import { useMessages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { useShortcuts } from "../../ui/keys/use-shortcuts.ts";
import { Menu, MenuItem, MenuSeparator } from "../../ui/menu/Menu.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { DeleteVersion } from "./DeleteVersion.tsx";
import { entityOf, isThere, type Material, type MaterialDoc } from "./material.ts";
import { useDownload } from "./use-download.tsx";
import { UseInRun } from "./UseInRun.tsx";

interface MaterialHeaderProps {
  project: string;
  material: Material;
  doc: MaterialDoc;
  /** How many versions the name has. */
  versions: number;
  isLatest: boolean;
  onUpload: () => void;
}

/** What can be done with the version of a page; what finds no room beside its name is in the menu. */
export function MaterialHeader({ project, material, doc, versions, isLatest, onUpload }: MaterialHeaderProps) {
  const m = useMessages();
  const toast = useToast();
  const navigate = useNavigate();
  const blocked = useWriteBlock();
  const [dialog, setDialog] = useState<"inspector" | "delete" | "use" | undefined>(undefined);
  const download = useDownload({ project, material, doc });
  const wide = useWide();
  const close = () => setDialog(undefined);
  const copyKey = async () => {
    const done = await copyText(doc.key);
    toast(done ? { tone: "success", text: m.ui.copied } : { tone: "error", text: m.ui.copyFailed });
  };
  const attempt = (what: Promise<void>) =>
    what.catch((error: unknown) => toast({ tone: "error", text: errorText(error) }));
  // One file is saved as it is; of several, each has its own button in Files.
  const [file] = doc.status.files ?? [];
  const single = doc.status.files?.length === 1 && file !== undefined ? (file.name ?? doc.name) : undefined;
  const newFrom = (as: "version" | undefined) =>
    void navigate({
      to: "/p/$project/new/$entity",
      params: { project, entity: entityOf(material) },
      search: { from: doc.id, ...(as !== undefined && { as }) },
    });
  const edit = {
    to: "/p/$project/$material/$name/edit",
    params: { project, material, name: doc.name },
    search: isLatest ? {} : { v: doc.id },
  } as const;
  useShortcuts({ e: () => void navigate(edit), i: () => setDialog("inspector"), y: () => void copyKey() });
  return (
    <>
      <Button
        tone="primary"
        icon={<Play />}
        disabledReason={isThere(doc) ? undefined : m.materials.use.notThere}
        onClick={() => setDialog("use")}
      >
        {m.materials.use.button}
      </Button>
      {single !== undefined && (
        <Button icon={<Download />} onClick={() => download.save({ sub: "", name: single })}>
          {m.materials.download}
        </Button>
      )}
      <ButtonLink icon={<Pencil />} {...edit}>
        {m.functions.edit}
      </ButtonLink>
      {wide && (
        <Button icon={<Braces />} onClick={() => setDialog("inspector")}>
          {m.functions.inspector}
        </Button>
      )}
      <Menu trigger={<IconButton tone="plain" label={m.ui.more} icon={<Ellipsis />} />}>
        {!wide && (
          <MenuItem icon={<Braces />} shortcut="i" onSelect={() => setDialog("inspector")}>
            {m.functions.inspector}
          </MenuItem>
        )}
        <MenuItem icon={<Upload />} disabledReason={blocked} onSelect={onUpload}>
          {m.materials.uploads.nextVersion}
        </MenuItem>
        <MenuItem icon={<CopyPlus />} onSelect={() => newFrom(undefined)}>
          {m.functions.duplicate}
        </MenuItem>
        <MenuItem icon={<History />} onSelect={() => newFrom("version")}>
          {m.functions.newVersionFrom}
        </MenuItem>
        <MenuItem
          icon={<FileDown />}
          onSelect={() => void attempt(downloadYaml(`${entityOf(material)}-${doc.name}`, [doc]))}
        >
          {m.functions.export}
        </MenuItem>
        <MenuItem icon={<Copy />} shortcut="y" onSelect={() => void copyKey()}>
          {m.ui.copy(m.functions.key)}
        </MenuItem>
        {!wide && (
          <>
            <MenuSeparator />
            <MenuItem icon={<Trash2 />} danger disabledReason={blocked} onSelect={() => setDialog("delete")}>
              {m.functions.delete}
            </MenuItem>
          </>
        )}
      </Menu>
      {wide && (
        <Button tone="danger" icon={<Trash2 />} disabledReason={blocked} onClick={() => setDialog("delete")}>
          {m.functions.delete}
        </Button>
      )}
      {download.dialog}
      {dialog === "inspector" && <Inspector label={doc.name} value={doc} onClose={close} />}
      {dialog === "use" && <UseInRun project={project} doc={doc} onClose={close} />}
      {dialog === "delete" && (
        <DeleteVersion project={project} material={material} doc={doc} versions={versions} onClose={close} />
      )}
    </>
  );
}
