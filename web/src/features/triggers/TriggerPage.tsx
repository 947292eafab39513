import { useMutation, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Braces, Download, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { errorText } from "../../api/error.ts";
import { session } from "../../api/session.ts";
import { Crumbs } from "../../entity/Crumbs.tsx";
import { downloadYaml } from "../../entity/export.ts";
import { Inspector } from "../../entity/Inspector.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { SpecYaml } from "../../entity/SpecYaml.tsx";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { useShortcuts } from "../../ui/keys/use-shortcuts.ts";
import { Menu, MenuItem } from "../../ui/menu/Menu.tsx";
import { Page } from "../../ui/page/Page.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { Tabs } from "../../ui/tabs/Tabs.tsx";
import { DeleteTriggers } from "./DeleteTriggers.tsx";
import { triggerChanges } from "./mutations.ts";
import { triggers } from "./queries.ts";
import { tabs } from "./search.ts";
import { TriggerRuns } from "./TriggerRuns.tsx";
import { TriggerSummary } from "./TriggerSummary.tsx";
import { TriggerSwitch } from "./TriggerSwitch.tsx";
import css from "./Triggers.module.css";

const route = getRouteApi("/p/$project/triggers/$id");

/** A trigger: when it fires, what it runs, what it fired, and why a firing failed. */
export function TriggerPage() {
  const m = useMessages();
  const navigate = useNavigate();
  const blocked = useWriteBlock();
  const { project, id } = route.useParams();
  const { tab = "summary" } = route.useSearch();
  const [shown, show] = useState<"inspector" | "delete" | undefined>(undefined);
  const { data: doc } = useSuspenseQuery(triggers.detail(project, id));
  const { data: fired } = useQuery(triggers.runs(project, id));
  const { data: config } = useQuery(session.config());
  const kindTitle =
    config?.kinds.find((each) => each.entity === "trigger" && each.kind === doc.kind)?.title ?? doc.kind;
  const edit = () => void navigate({ to: "/p/$project/triggers/$id/edit", params: { project, id } });
  useShortcuts({ i: () => show("inspector"), e: edit });
  return (
    <Page
      title={doc.name}
      meta={
        <>
          <span>{kindTitle}</span>
          <StatusBadge state={doc.status.state} entity="trigger" />
        </>
      }
      breadcrumb={<Crumbs entity="trigger" project={project} />}
      actions={
        <>
          <TriggerSwitch project={project} id={id} name={doc.name} state={doc.status.state} />
          <ButtonLink icon={<Pencil />} to="/p/$project/triggers/$id/edit" params={{ project, id }}>
            {m.triggers.edit}
          </ButtonLink>
          <Menu trigger={<IconButton tone="plain" label={`${m.ui.more}: ${doc.name}`} icon={<Ellipsis />} />}>
            <MenuItem icon={<Braces />} shortcut="i" onSelect={() => show("inspector")}>
              {m.functions.inspector}
            </MenuItem>
            <MenuItem icon={<Download />} onSelect={() => void downloadYaml(`trigger-${id}`, [doc])}>
              {m.triggers.export}
            </MenuItem>
            <MenuItem icon={<Trash2 />} danger disabledReason={blocked} onSelect={() => show("delete")}>
              {m.triggers.delete}
            </MenuItem>
          </Menu>
        </>
      }
    >
      {doc.status.state === "DELETED" && (
        <Callout
          tone="warning"
          title={m.triggers.gone}
          actions={
            <ButtonLink size="small" to="/p/$project/triggers" params={{ project }}>
              {m.ui.view.toList(m.triggers.noun.other)}
            </ButtonLink>
          }
        />
      )}
      {doc.status.state === "ERROR" && <Broken project={project} id={id} message={doc.status.message} />}
      {doc.status.state === "STOPPED" && doc.status.message !== undefined && (
        <Callout tone="info" title={m.triggers.stopped}>
          {doc.status.message}
        </Callout>
      )}
      <Tabs
        label={m.triggers.tabsLabel}
        tabs={tabs.map((each) => ({
          id: each,
          label: m.triggers.tabs[each],
          ...(each === "runs" && { count: fired?.total }),
        }))}
        value={tab}
        onChange={(next) =>
          void navigate({
            to: "/p/$project/triggers/$id",
            params: { project, id },
            search: next === "runs" || next === "spec" ? { tab: next } : {},
          })
        }
      >
        {tab === "summary" && <TriggerSummary project={project} doc={doc} kindTitle={kindTitle} />}
        {tab === "runs" && <TriggerRuns project={project} id={id} />}
        {tab === "spec" && <SpecYaml entity="trigger" doc={doc} />}
      </Tabs>
      {shown === "inspector" && <Inspector label={doc.name} value={doc} onClose={() => show(undefined)} />}
      {shown === "delete" && (
        <DeleteTriggers
          project={project}
          targets={[doc]}
          onClose={() => show(undefined)}
          onDone={() => void navigate({ to: "/p/$project/triggers", params: { project } })}
        />
      )}
    </Page>
  );
}

/** Says why a firing failed; the trigger fires no more until it is mended or switched on again. */
function Broken({ project, id, message }: { project: string; id: string; message: string | undefined }) {
  const m = useMessages();
  const blocked = useWriteBlock();
  const turn = useMutation(triggerChanges.turn(project));
  return (
    <Callout
      tone="error"
      title={m.triggers.broken}
      actions={
        <Button
          size="small"
          busy={turn.isPending}
          disabledReason={blocked}
          onClick={() => turn.mutate({ id, on: true })}
        >
          {m.triggers.again}
        </Button>
      }
    >
      <p className={css.message}>{message}</p>
      <p>{m.triggers.brokenHelp}</p>
      {turn.error !== null && <p>{errorText(turn.error)}</p>}
    </Callout>
  );
}
