import { useQueryClient } from "@tanstack/react-query";
import {
  Braces,
  CalendarClock,
  Code,
  Copy,
  CopyPlus,
  Download,
  Ellipsis,
  History,
  Pencil,
  Play,
  Trash2,
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
import { type FunctionDoc, functions } from "./queries.ts";
import { sdkSnippet } from "./sdk-snippet.ts";

interface FunctionHeaderProps {
  project: string;
  doc: FunctionDoc;
  isLatest: boolean;
  /** What its kind does when nothing else is said. */
  action: string | undefined;
  /** How many versions the name has. */
  versions: number;
}

/** What can be done with the version of a page; what finds no room beside its name is in the menu. */
export function FunctionHeader({ project, doc, isLatest, action, versions }: FunctionHeaderProps) {
  const m = useMessages();
  const toast = useToast();
  const queries = useQueryClient();
  const blocked = useWriteBlock();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<"inspector" | "delete" | undefined>(undefined);
  const wide = useWide();
  const close = () => setDialog(undefined);
  const copyKey = async () => {
    const done = await copyText(doc.key);
    toast(done ? { tone: "success", text: m.ui.copied } : { tone: "error", text: m.ui.copyFailed });
  };
  const save = async (withTasks: boolean) => {
    try {
      const tasks = withTasks ? await queries.fetchQuery(functions.tasks(project, doc.id)) : [];
      await downloadYaml(`function-${doc.name}`, [doc, ...tasks]);
    } catch (error) {
      toast({ tone: "error", text: errorText(error) });
    }
  };
  const copyTo = (as: "version" | undefined) =>
    void navigate({
      to: "/p/$project/new/function",
      params: { project },
      search: { from: doc.id, ...(as !== undefined && { as }) },
    });
  const copySnippet = async () => {
    const done = await copyText(sdkSnippet(project, doc, isLatest, action));
    toast(done ? { tone: "success", text: m.ui.copied } : { tone: "error", text: m.ui.copyFailed });
  };
  const edit = () =>
    void navigate({
      to: "/p/$project/functions/$name/edit",
      params: { project, name: doc.name },
      search: isLatest ? {} : { v: doc.id },
    });
  const run = {
    to: "/p/$project/functions/$name/run",
    params: { project, name: doc.name },
    hash: "/parameters",
  } as const;
  useShortcuts({
    i: () => setDialog("inspector"),
    y: () => void copyKey(),
    e: edit,
    r: () => void navigate(run),
  });
  return (
    <>
      <ButtonLink tone="primary" icon={<Play />} {...run}>
        {m.functions.runIt}
      </ButtonLink>
      <ButtonLink
        icon={<CalendarClock />}
        to="/p/$project/new/trigger"
        params={{ project }}
        search={{ kind: "scheduler", function: doc.name, ...(!isLatest && { v: doc.id }) }}
      >
        {m.functions.schedule}
      </ButtonLink>
      <ButtonLink
        icon={<Pencil />}
        to="/p/$project/functions/$name/edit"
        params={{ project, name: doc.name }}
        search={isLatest ? {} : { v: doc.id }}
      >
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
        <MenuItem icon={<CopyPlus />} onSelect={() => copyTo(undefined)}>
          {m.functions.duplicate}
        </MenuItem>
        <MenuItem icon={<History />} onSelect={() => copyTo("version")}>
          {m.functions.newVersionFrom}
        </MenuItem>
        <MenuItem icon={<Download />} onSelect={() => void save(false)}>
          {m.functions.export}
        </MenuItem>
        <MenuItem icon={<Download />} onSelect={() => void save(true)}>
          {m.functions.exportTasks}
        </MenuItem>
        <MenuItem icon={<Copy />} shortcut="y" onSelect={() => void copyKey()}>
          {m.ui.copy(m.functions.key)}
        </MenuItem>
        <MenuItem icon={<Code />} onSelect={() => void copySnippet()}>
          {m.functions.copySnippet}
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
      {dialog === "inspector" && <Inspector label={doc.name} value={doc} onClose={close} />}
      {dialog === "delete" && <DeleteVersion project={project} doc={doc} versions={versions} onClose={close} />}
    </>
  );
}
