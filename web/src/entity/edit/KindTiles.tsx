import { Box, FileText } from "lucide-react";
import { useId } from "react";
import { useMessages } from "../../i18n/language.ts";
import css from "./Edit.module.css";
import type { Kind, Template } from "./queries.ts";
import type { Beginning } from "./state.ts";
import { templateStart } from "./template.ts";

/** What a kind is chosen from. */
export interface KindChoices {
  kinds: readonly Kind[];
  templates: readonly Template[];
  /** What a kind can do, in words, such as the actions of a function. */
  note?: ((kind: string) => string | undefined) | undefined;
  chosen: { kind: string; template: string | undefined };
  onBegin: (beginning: Beginning) => void;
}

interface KindTilesProps extends KindChoices {
  error: string | undefined;
}

/** What one can begin with: a kind and nothing else, or a template of one. */
export function KindTiles({ kinds, templates, note, chosen, error, onBegin }: KindTilesProps) {
  const m = useMessages();
  const group = useId();
  const errorId = `${group}-error`;
  const titleOf = (kind: string) => kinds.find((each) => each.kind === kind)?.title ?? kind;
  return (
    <>
      <h2>{m.editor.kind}</h2>
      <div
        role="radiogroup"
        aria-label={m.editor.kind}
        aria-required="true"
        aria-invalid={error !== undefined || undefined}
        aria-describedby={error === undefined ? undefined : errorId}
        className={css.tiles}
      >
        {kinds.map(({ kind, title, purpose }) => (
          <Tile
            key={kind}
            group={group}
            icon={<Box />}
            title={title}
            lines={[purpose, note?.(kind)]}
            checked={chosen.kind === kind && chosen.template === undefined}
            onChoose={() => onBegin({ kind })}
          />
        ))}
        {templates.map((template) => (
          <Tile
            key={template.id}
            group={group}
            icon={<FileText />}
            title={m.editor.template(template.metadata.name)}
            lines={[template.metadata.description, titleOf(template.kind)]}
            checked={chosen.template === template.id}
            onChoose={() => onBegin(templateStart(template))}
          />
        ))}
      </div>
      {error !== undefined && (
        <p id={errorId} className={css.error}>
          {error}
        </p>
      )}
    </>
  );
}

interface TileProps {
  group: string;
  icon: React.ReactNode;
  title: string;
  lines: readonly (string | undefined)[];
  checked: boolean;
  onChoose: () => void;
}

function Tile({ group, icon, title, lines, checked, onChoose }: TileProps) {
  const id = useId();
  return (
    <label className={css.tile} data-checked={checked || undefined}>
      <input
        type="radio"
        name={group}
        checked={checked}
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-about`}
        onChange={onChoose}
      />
      <span className={css.tileIcon} aria-hidden="true">
        {icon}
      </span>
      <span className={css.tileText}>
        <span id={`${id}-title`} className={css.tileTitle}>
          {title}
        </span>
        <span id={`${id}-about`} className={css.tileAbout}>
          {lines
            .filter((line) => line !== undefined && line !== "")
            .map((line) => (
              <span key={line}>{line}</span>
            ))}
        </span>
      </span>
    </label>
  );
}
