import { GitCompareArrows } from "lucide-react";
import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../../ui/button/Button.tsx";
import type { MaterialDoc } from "./material.ts";
import { mostModels } from "./queries.ts";

/** Compares the models that are chosen in their list. */
export function CompareChosen({ project, chosen }: { project: string; chosen: readonly MaterialDoc[] }) {
  const m = useMessages();
  const words = m.materials.compare;
  const reason = chosen.length < 2 ? words.needTwo : chosen.length > mostModels ? words.atMost(mostModels) : undefined;
  if (reason !== undefined) {
    return (
      <Button size="small" icon={<GitCompareArrows />} disabledReason={reason}>
        {words.button}
      </Button>
    );
  }
  return (
    <ButtonLink
      size="small"
      icon={<GitCompareArrows />}
      to="/p/$project/compare/models"
      params={{ project }}
      search={{ ids: chosen.map(({ id }) => id) }}
    >
      {words.button}
    </ButtonLink>
  );
}
