import { Link } from "@tanstack/react-router";
import { Braces, Copy, CopyPlus, Ellipsis, Eye } from "lucide-react";
import { useMessages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
import { useWriteBlock } from "../../live/state.ts";
import { ButtonLink } from "../../entity/links.tsx";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "../../ui/menu/Menu.tsx";
import { compareBlock, comparedIds, rerunBlock, runActions, stopBlock } from "./actions.ts";
import { Tooltip } from "../../ui/tooltip/Tooltip.tsx";
import { actionOf, executableOf, type RunRow } from "./run.ts";
import css from "./RunsList.module.css";

/** What a row's actions do; the list gives it. */
export interface RowFrame {
  project: string;
  onRerun: (run: RunRow) => void;
  onStop: (runs: readonly RunRow[]) => void;
  onDelete: (runs: readonly RunRow[]) => void;
  onLogs: (run: RunRow) => void;
  /** The runs that are chosen: another row then offers to be compared with them. */
  chosen?: readonly RunRow[];
  /** Opens the document of a run; where it is missing rows do not offer it. */
  onInspect?: (run: RunRow) => void;
}

/** What can be done with a run from its row: again in one click, beside the chosen ones while there are any, the rest in the menu. */
export function RowActions({ run, frame }: { run: RunRow; frame: RowFrame }) {
  const m = useMessages();
  const offline = useWriteBlock();
  const of = executableOf(run);
  const again = offline ?? rerunBlock(m, run);
  const others = frame.chosen ?? [];
  const comparable = !others.includes(run) && compareBlock(m, others.length + 1) === undefined;
  const {
    compare: Compare,
    rerun: Rerun,
    stop: Stop,
    logs: Logs,
    delete: Delete,
  } = {
    compare: runActions.compare.icon,
    rerun: runActions.rerun.icon,
    stop: runActions.stop.icon,
    logs: runActions.logs.icon,
    delete: runActions.delete.icon,
  };
  return (
    <span className={css.actions}>
      {comparable ? (
        <Tooltip text={m.runs.compareThis(others.length)}>
          <ButtonLink
            size="small"
            tone="quiet"
            icon={<Compare />}
            to="/p/$project/compare/runs"
            params={{ project: frame.project }}
            search={{ ids: comparedIds([...others, run]) }}
            aria-label={`${m.runs.compareThis(others.length)}: ${run.name}`}
          />
        </Tooltip>
      ) : (
        <IconButton
          size="small"
          label={m.runs.rerunName(run.name)}
          icon={<Rerun />}
          shortcut="r"
          disabledReason={again}
          onClick={() => frame.onRerun(run)}
        />
      )}
      <Menu trigger={<IconButton size="small" label={`${m.ui.more}: ${run.name}`} icon={<Ellipsis />} />}>
        <MenuLink>
          <Link to="/p/$project/runs/$id/{-$tab}" params={{ project: frame.project, id: run.id, tab: undefined }}>
            <Eye aria-hidden="true" />
            {m.runs.show}
          </Link>
        </MenuLink>
        <MenuItem icon={<Logs />} shortcut="l" onSelect={() => frame.onLogs(run)}>
          {m.runs.logs}
        </MenuItem>
        {frame.onInspect !== undefined && (
          <MenuItem icon={<Braces />} shortcut="i" onSelect={() => frame.onInspect?.(run)}>
            {m.functions.inspector}
          </MenuItem>
        )}
        {of?.entity === "function" && (
          <MenuLink>
            <Link
              to="/p/$project/functions/$name/run"
              params={{ project: frame.project, name: of.name }}
              search={{ action: actionOf(run.kind), from: run.id }}
            >
              <CopyPlus aria-hidden="true" />
              {m.runs.clone}
            </Link>
          </MenuLink>
        )}
        <MenuItem
          icon={<Stop />}
          shortcut="s"
          disabledReason={offline ?? stopBlock(m, run)}
          onSelect={() => frame.onStop([run])}
        >
          {m.runs.stop}
        </MenuItem>
        <MenuItem icon={<Copy />} shortcut="y" onSelect={() => void copyText(run.id)}>
          {m.ui.copy(m.runs.id)}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Delete />} danger disabledReason={offline} onSelect={() => frame.onDelete([run])}>
          {m.runs.delete}
        </MenuItem>
      </Menu>
    </span>
  );
}
