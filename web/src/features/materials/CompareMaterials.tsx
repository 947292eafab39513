import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { CompareTable } from "../../entity/compare/CompareTable.tsx";
import { CompareVersions } from "../../entity/compare/CompareVersions.tsx";
import { Crumbs } from "../../entity/Crumbs.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { versionName } from "../../entity/version.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { Page } from "../../ui/page/Page.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { statusWord } from "../../ui/status/status.ts";
import { compareFacts, comparedParts, type Known } from "./compare.ts";
import { factAmount } from "./fact-amount.ts";
import { entityOf, isThere, type Material, type MaterialDoc } from "./material.ts";
import { stored, versionsListed } from "./queries.ts";
import { SchemaChanges } from "./SchemaChanges.tsx";
import { tabsOf } from "./tabs.ts";
import { useMaterial } from "./use-material.ts";

const route = getRouteApi("/p/$project/$material/$name/compare");
const sections = ["overview", "metrics", "statistics"] as const;

/** Two versions of a data item, model or artifact beside each other. The address holds which. */
export function CompareMaterials() {
  const m = useMessages();
  const { project, name } = route.useParams();
  const material = useMaterial();
  const { before, after } = route.useLoaderData();
  return (
    <Page
      title={m.functions.compareTitle(name)}
      breadcrumb={<Crumbs entity={entityOf(material)} project={project} of={{ name }} />}
    >
      {before === after ? (
        <EmptyState
          title={m.materials.compare.same}
          help={m.materials.compare.sameHelp}
          action={
            <ButtonLink to="/p/$project/$material/$name" params={{ project, material, name }}>
              {m.functions.showName(name)}
            </ButtonLink>
          }
        />
      ) : (
        <Both key={`${before} ${after}`} project={project} material={material} before={before} after={after} />
      )}
    </Page>
  );
}

/** A version with what is known of it beside its document, as far as it has arrived. */
function useKnown(project: string, material: Material, id: string): Known {
  const { data: doc } = useSuspenseQuery(stored.detail(project, material, id));
  const { data: metrics } = useQuery({ ...stored.metrics(project, id), enabled: material === "models" });
  const { data: look } = useQuery({
    ...stored.preview(project, material, id, ""),
    enabled: isThere(doc) && tabsOf(material, doc).includes("preview"),
  });
  return useMemo(() => ({ doc, metrics, table: look?.table }), [doc, metrics, look]);
}

interface BothProps {
  project: string;
  material: Material;
  before: string;
  after: string;
}

function Both({ project, material, before, after }: BothProps) {
  const m = useMessages();
  const f = useFormat();
  const navigate = useNavigate();
  const words = m.materials.compare;
  const old = useKnown(project, material, before);
  const now = useKnown(project, material, after);
  const { name } = now.doc;
  const { data: versions } = useSuspenseQuery(stored.versions(project, material, name, versionsListed));
  const rows = useMemo(
    () =>
      compareFacts(m, [old, now], sections, {
        ...f,
        state: ({ status }) => statusWord(m, status.state, "material"),
      }).filter(({ differs }) => differs),
    [f, m, now, old],
  );
  const parts = useMemo(() => comparedParts(m, old, now), [m, now, old]);
  const about = (doc: MaterialDoc) => (
    <div>
      <ButtonLink
        size="small"
        to="/p/$project/new/$entity"
        params={{ project, entity: entityOf(material) }}
        search={{ from: doc.id, as: "version" }}
      >
        {m.functions.newVersionOf(versionName(doc))}
      </ButtonLink>
    </div>
  );
  return (
    <CompareVersions
      versions={versions.content}
      before={old.doc}
      after={now.doc}
      parts={parts}
      onChoose={(a, b) =>
        void navigate({
          to: "/p/$project/$material/$name/compare",
          params: { project, material, name },
          search: { a, b },
        })
      }
      about={[about(old.doc), about(now.doc)]}
    >
      <CompareTable
        label={words.facts}
        columns={[old.doc, now.doc].map((doc) => ({ id: doc.id, name: versionName(doc) }))}
        sections={sections.map((section) => [section, words.sections[section]] as const)}
        rows={rows}
        empty={m.compare.nothing}
        amount={(row, size) => factAmount(m, f, row, size)}
      />
      {tabsOf(material, now.doc).includes("schema") && (
        <SchemaChanges project={project} material={material} before={old.doc} after={now.doc} />
      )}
    </CompareVersions>
  );
}
