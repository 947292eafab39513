import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Crumbs } from "../../entity/Crumbs.tsx";
import { CompareVersions } from "../../entity/compare/CompareVersions.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { versionName } from "../../entity/version.ts";
import { useMessages } from "../../i18n/language.ts";
import { Page } from "../../ui/page/Page.tsx";
import { comparedParts } from "./compare.ts";
import { type FunctionDoc, functions, versionsListed } from "./queries.ts";
import { VersionRuns } from "./VersionRuns.tsx";

const route = getRouteApi("/p/$project/functions/$name/compare");

/** Two versions of a function beside each other. The address holds which. */
export function CompareFunctions() {
  const m = useMessages();
  const navigate = useNavigate();
  const { project, name } = route.useParams();
  const { before, after } = route.useLoaderData();
  const { data: versions } = useSuspenseQuery(functions.versions(project, name, versionsListed));
  return (
    <Page
      title={m.functions.compareTitle(name)}
      meta={m.compare.between(versionName(before), versionName(after))}
      breadcrumb={<Crumbs entity="function" project={project} of={{ name }} />}
    >
      <CompareVersions
        versions={versions.content}
        before={before}
        after={after}
        parts={comparedParts(m, before, after)}
        onChoose={(a, b) =>
          void navigate({ to: "/p/$project/functions/$name/compare", params: { project, name }, search: { a, b } })
        }
        about={[<About key="a" project={project} doc={before} />, <About key="b" project={project} doc={after} />]}
      />
    </Page>
  );
}

function About({ project, doc }: { project: string; doc: FunctionDoc }) {
  const m = useMessages();
  return (
    <>
      <VersionRuns project={project} reference={`${doc.kind}://${project}/${doc.name}:${doc.id}`} />
      <div>
        <ButtonLink
          size="small"
          to="/p/$project/new/function"
          params={{ project }}
          search={{ from: doc.id, as: "version" }}
        >
          {m.functions.newVersionOf(versionName(doc))}
        </ButtonLink>
      </div>
    </>
  );
}
