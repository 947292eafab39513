import { Pencil, Trash2 } from "lucide-react";
import { Facts } from "../../entity/Facts.tsx";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Drawer } from "../../ui/dialog/Drawer.tsx";
import { Key } from "../../ui/key/Key.tsx";
import { LabelList } from "../../ui/labels/LabelList.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import type { SecretDoc } from "./queries.ts";
import { SecretUsage } from "./SecretUsage.tsx";
import { SecretValue } from "./SecretValue.tsx";
import css from "./Secrets.module.css";

interface SecretDrawerProps {
  project: string;
  doc: SecretDoc;
  onClose: () => void;
  onEdit: () => void;
  onDelete: () => void;
}

const looksShown = 10;

/** A secret beside the list: what it is, what uses it, who looked at it, and its value on request. */
export function SecretDrawer({ project, doc, onClose, onEdit, onDelete }: SecretDrawerProps) {
  const m = useMessages();
  const blocked = useWriteBlock();
  const labels = doc.metadata.labels ?? [];
  const looks = doc.status.revealed ?? [];
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [m.secrets.path, <Key key="path" value={`secret://${doc.name}`} what={m.secrets.pathWord} />],
    [m.secrets.key, <Key key="key" value={doc.key} what={m.secrets.keyWord} />],
    [m.secrets.created, <By key="created" at={doc.metadata.created} by={doc.metadata.created_by} />],
    [m.secrets.updated, <By key="updated" at={doc.metadata.updated} by={doc.metadata.updated_by} />],
    [m.secrets.labels, labels.length === 0 ? undefined : <LabelList key="labels" labels={labels} />],
  ];
  return (
    <Drawer
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.secrets.showTitle(doc.name)}
      description={doc.metadata.description}
      footer={
        <>
          <Button icon={<Pencil />} disabledReason={blocked} onClick={onEdit}>
            {m.secrets.edit}
          </Button>
          <Button icon={<Trash2 />} tone="danger" disabledReason={blocked} onClick={onDelete}>
            {m.secrets.delete}
          </Button>
        </>
      }
    >
      <div className={css.sections}>
        <section aria-labelledby="secret-value">
          <h3 id="secret-value">{m.secrets.value}</h3>
          <SecretValue key={doc.id} project={project} id={doc.id} />
        </section>
        <section aria-labelledby="secret-facts">
          <h3 id="secret-facts">{m.secrets.summary}</h3>
          <Facts facts={facts} />
        </section>
        <section aria-labelledby="secret-usage">
          <h3 id="secret-usage">{m.secrets.usedBy}</h3>
          <SecretUsage project={project} id={doc.id} />
        </section>
        <section aria-labelledby="secret-looks">
          <h3 id="secret-looks">{m.secrets.looks}</h3>
          {looks.length === 0 ? (
            <p className={css.help}>{m.secrets.neverRevealed}</p>
          ) : (
            <ol className={css.usage} aria-label={m.secrets.looks}>
              {looks.slice(0, looksShown).map((look) => (
                <li key={`${look.at} ${look.by}`}>
                  <span>{look.by}</span>
                  <TimeAgo at={look.at} />
                </li>
              ))}
            </ol>
          )}
          {looks.length > looksShown && <p className={css.help}>{m.secrets.moreLooks(looks.length - looksShown)}</p>}
        </section>
      </div>
    </Drawer>
  );
}

function By({ at, by }: { at: string; by: string }) {
  const m = useMessages();
  return (
    <>
      <TimeAgo at={at} /> {m.secrets.byWhom(by)}
    </>
  );
}
