import type { CacheEntity } from "../api/keys.ts";
import { useMessages } from "../i18n/language.ts";
import { tellChange } from "../live/tell.ts";
import { type Labelled, type Labels, relabel } from "./label-many.ts";
import { type Labelable, LabelDialog, lacking } from "./LabelDialog.tsx";

interface Target extends Labelable {
  id: string;
  name: string;
}

interface LabelManyProps extends Labelled {
  project: string;
  entity: CacheEntity;
  targets: readonly Target[];
  onClose: () => void;
}

/** Adds labels to the newest versions of chosen rows, one after the other. */
export function LabelMany({ project, entity, targets, onClose, ...how }: LabelManyProps) {
  const m = useMessages();
  const change = async (of: (target: Target) => Labels) => {
    for (const target of targets) {
      await relabel(how, target.id, of(target));
      tellChange({ verb: "update", entity, project, id: target.id, name: target.name });
    }
    return targets.length;
  };
  return (
    <LabelDialog
      title={m.entities.labelTitle(targets.length)}
      label={m.functions.labels}
      targets={targets}
      add={(labels) => change(() => ({ add: labels }))}
      undo={(labels) => change((target) => ({ remove: lacking(labels, target) }))}
      done={m.entities.labelled}
      onClose={onClose}
    />
  );
}
