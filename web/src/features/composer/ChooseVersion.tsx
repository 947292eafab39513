import type { Schema } from "../../api/client.ts";
import { versionName } from "../../entity/version.ts";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../../ui/button/Button.tsx";
import css from "./Composer.module.css";
import { Select } from "./Select.tsx";

interface ChooseVersionProps {
  /** Newest first. */
  versions: readonly Schema<"Function">[];
  version: string;
  onVersion: (id: string) => void;
  asYaml: boolean;
  onAsYaml: (asYaml: boolean) => void;
  /** Whether what is written as YAML cannot be read: it has no form then. */
  broken: boolean;
}

/** Which version of the function is executed, and whether the run is filled in as a form or as YAML. */
export function ChooseVersion({ versions, version, onVersion, asYaml, onAsYaml, broken }: ChooseVersionProps) {
  const m = useMessages();
  return (
    <div className={css.choices}>
      <Select
        label={m.functions.version}
        value={version}
        options={versions.map((doc, index) => ({
          value: doc.id,
          label: index === 0 ? `${versionName(doc)} (${m.functions.latest})` : versionName(doc),
        }))}
        onChange={onVersion}
      />
      <div role="group" aria-label={m.forms.mode} className={css.forms}>
        <Button
          size="small"
          tone="quiet"
          aria-pressed={!asYaml}
          disabledReason={broken ? m.forms.yamlMode.cannotSwitch : undefined}
          onClick={() => onAsYaml(false)}
        >
          {m.forms.form}
        </Button>
        <Button size="small" tone="quiet" aria-pressed={asYaml} onClick={() => onAsYaml(true)}>
          {m.forms.yaml}
        </Button>
      </div>
    </div>
  );
}
