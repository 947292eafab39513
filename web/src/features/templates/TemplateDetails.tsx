import { codeOf } from "../../lib/inline-code.ts";
import { Facts } from "../../entity/Facts.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { LazyEditor } from "../../forms/LazyEditor.tsx";
import { useMessages } from "../../i18n/language.ts";
import { isObject, member } from "../../lib/json.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Drawer } from "../../ui/dialog/Drawer.tsx";
import type { TemplateDoc } from "./queries.ts";
import { Readme } from "./Readme.tsx";
import css from "./Templates.module.css";

interface TemplateDetailsProps {
  project: string;
  template: TemplateDoc;
  kindTitle: string;
  onClose: () => void;
}

/** A template before it is used: what it does, its code, how it would be run. */
export function TemplateDetails({ project, template, kindTitle, onClose }: TemplateDetailsProps) {
  const m = useMessages();
  const { metadata, readme, spec, run, action, schedule } = template;
  const code = codeOf(spec);
  const requirements = member(spec, "requirements");
  return (
    <Drawer
      open
      onOpenChange={(open) => !open && onClose()}
      title={metadata.name}
      description={metadata.description}
      size="wide"
      footer={
        <>
          <Button onClick={onClose}>{m.ui.close}</Button>
          <ButtonLink
            tone="primary"
            to="/p/$project/new/function"
            params={{ project }}
            search={{ template: template.id }}
          >
            {m.templates.begin}
          </ButtonLink>
        </>
      }
    >
      <div className={css.details}>
        {readme !== undefined && (
          <section>
            <h3>{m.templates.readme}</h3>
            <Readme text={readme} />
          </section>
        )}
        <Facts
          facts={[
            [m.templates.kind, kindTitle],
            [m.templates.action, action],
            [m.templates.firstRun, isObject(run) ? <code>{JSON.stringify(run)}</code> : undefined],
            [m.templates.requirements, Array.isArray(requirements) ? requirements.map(String).join(", ") : undefined],
            [m.templates.schedule, schedule === undefined ? undefined : <code>{schedule}</code>],
          ]}
        />
        {code !== undefined && (
          <section>
            <h3>{m.templates.code}</h3>
            <LazyEditor label={m.templates.codeOf(metadata.name)} language={code.language} value={code.text} readOnly />
          </section>
        )}
      </div>
    </Drawer>
  );
}
