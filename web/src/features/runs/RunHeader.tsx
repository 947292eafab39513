import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Braces, Copy, CopyPlus, Download, Ellipsis, GitCompareArrows } from "lucide-react";
import { useState } from "react";
import { errorText } from "../../api/error.ts";
import { downloadYaml } from "../../entity/export.ts";
import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { JsonTree } from "../../ui/json/JsonTree.tsx";
import { useShortcuts } from "../../ui/keys/use-shortcuts.ts";
import { Menu, MenuItem, MenuSeparator } from "../../ui/menu/Menu.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { rerunBlock, runActions, stopBlock } from "./actions.ts";
import { runChanges } from "./mutations.ts";
import { RunDialogs, type RunDialog } from "./RunDialogs.tsx";
import { actionOf, executableOf, lives, type RunDoc } from "./run.ts";

/** What can be done with the run of a page. */
export function RunHeader({ project, run }: { project: string; run: RunDoc }) {
  const m = useMessages();
  const toast = useToast();
  const navigate = useNavigate();
  const offline = useWriteBlock();
  const [dialog, setDialog] = useState<RunDialog | undefined>(undefined);
  const [inspecting, setInspecting] = useState(false);
  const rerun = useMutation(runChanges.rerun(project));
  const of = executableOf(run);
  const again = offline ?? rerunBlock(m, run);
  const stopping = offline ?? stopBlock(m, run);
  const start = () =>
    rerun.mutate(run.id, {
      onSuccess: (made) =>
        void navigate({ to: "/p/$project/runs/$id/{-$tab}", params: { project, id: made.id, tab: "logs" } }),
      onError: (error) => toast({ tone: "error", text: errorText(error) }),
    });
  const stop = () => setDialog({ is: "stop", targets: [run] });
  const save = () =>
    downloadYaml(`run-${run.name}`, [run]).catch((error: unknown) => toast({ tone: "error", text: errorText(error) }));
  useShortcuts({
    r: () => again === undefined && !rerun.isPending && start(),
    s: () => stopping === undefined && stop(),
    l: () => void navigate({ to: "/p/$project/runs/$id/{-$tab}", params: { project, id: run.id, tab: "logs" } }),
    i: () => setInspecting(true),
    y: () => void copyText(run.id),
  });
  const {
    rerun: Rerun,
    stop: Stop,
    delete: Delete,
  } = {
    rerun: runActions.rerun.icon,
    stop: runActions.stop.icon,
    delete: runActions.delete.icon,
  };
  return (
    <>
      {lives(run) && (
        <Button tone="danger" icon={<Stop />} disabledReason={stopping} onClick={stop}>
          {m.runs.stop}
        </Button>
      )}
      <Button
        tone={lives(run) ? "plain" : "primary"}
        icon={<Rerun />}
        busy={rerun.isPending}
        disabledReason={again}
        onClick={start}
      >
        {m.runs.rerun}
      </Button>
      {of?.entity === "function" && (
        <ButtonLink
          icon={<CopyPlus />}
          to="/p/$project/functions/$name/run"
          params={{ project, name: of.name }}
          search={{ action: actionOf(run.kind), from: run.id }}
        >
          {m.runs.clone}
        </ButtonLink>
      )}
      <Menu trigger={<IconButton tone="plain" label={m.ui.more} icon={<Ellipsis />} />}>
        {of !== undefined && (
          <MenuItem
            icon={<GitCompareArrows />}
            onSelect={() =>
              void navigate({
                to: "/p/$project/compare/runs",
                params: { project },
                search: { ids: [run.id], of: of.name },
              })
            }
          >
            {m.runs.compareLast}
          </MenuItem>
        )}
        <MenuItem icon={<Braces />} shortcut="i" onSelect={() => setInspecting(true)}>
          {m.runs.page.inspector}
        </MenuItem>
        <MenuItem icon={<Download />} onSelect={() => void save()}>
          {m.runs.page.export}
        </MenuItem>
        <MenuItem icon={<Copy />} shortcut="y" onSelect={() => void copyText(run.id)}>
          {m.ui.copy(m.runs.id)}
        </MenuItem>
        {!lives(run) && (
          <MenuItem icon={<Stop />} shortcut="s" disabledReason={stopping ?? m.runs.why.ended} onSelect={stop}>
            {m.runs.stop}
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem
          icon={<Delete />}
          danger
          disabledReason={offline}
          onSelect={() => setDialog({ is: "delete", targets: [run] })}
        >
          {m.runs.delete}
        </MenuItem>
      </Menu>
      {inspecting && (
        <Dialog open onOpenChange={setInspecting} title={m.runs.page.inspector} size="wide">
          <JsonTree label={run.name} value={run} />
        </Dialog>
      )}
      <RunDialogs
        project={project}
        dialog={dialog}
        onClose={() => setDialog(undefined)}
        onDone={() => {
          const gone = dialog?.is === "delete";
          setDialog(undefined);
          if (gone) void navigate({ to: "/p/$project/runs", params: { project } });
        }}
      />
    </>
  );
}
