import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ButtonLink } from "../../entity/links.tsx";
import { versionName } from "../../entity/version.ts";
import { useMessages } from "../../i18n/language.ts";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Key } from "../../ui/key/Key.tsx";
import { LabelList } from "../../ui/labels/LabelList.tsx";
import { Page } from "../../ui/page/Page.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import css from "./FunctionPage.module.css";
import { functions } from "./queries.ts";

const route = getRouteApi("/p/$project/functions/$name");

/** One version of a function, beside all versions of its name. */
export function FunctionPage() {
  const m = useMessages();
  const { project, name } = route.useParams();
  const { v } = route.useSearch();
  const { data: versions } = useSuspenseQuery(functions.versions(project, name, 100));
  const pinned = useQuery({ ...functions.detail(project, v ?? ""), enabled: v !== undefined });
  const latest = versions.content[0];
  const doc = v === undefined ? latest : (versions.content.find((each) => each.id === v) ?? pinned.data);
  if (doc === undefined || latest === undefined) return null;
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [m.functions.kind, doc.kind],
    [m.functions.version, versionName(doc)],
    [m.functions.keyTitle, <Key key="key" value={doc.key} what={m.functions.key} />],
    [m.functions.updated, <TimeAgo key="updated" at={doc.metadata.updated} />],
    [m.functions.by, doc.metadata.updated_by],
    [m.functions.labels, <LabelList key="labels" labels={doc.metadata.labels ?? []} />],
  ];
  return (
    <Page
      title={name}
      meta={`${doc.kind} · ${versionName(doc)}`}
      breadcrumb={
        <li>
          <Link to="/p/$project/functions" params={{ project }}>
            {m.functions.title}
          </Link>
        </li>
      }
    >
      {doc.id !== latest.id && (
        <Callout
          tone="warning"
          actions={
            <ButtonLink size="small" to="/p/$project/functions/$name" params={{ project, name }}>
              {m.functions.toLatest}
            </ButtonLink>
          }
        >
          {m.functions.notLatest(versionName(doc))}
        </Callout>
      )}
      <div className={css.columns}>
        <section className={css.card} aria-label={m.functions.summary}>
          <h2>{m.functions.summary}</h2>
          {doc.metadata.description !== undefined && <p>{doc.metadata.description}</p>}
          <dl className={css.facts}>
            {facts.map(([term, fact]) => (
              <div key={term} className={css.fact}>
                <dt>{term}</dt>
                <dd>{fact}</dd>
              </div>
            ))}
          </dl>
        </section>
        <nav className={css.card} aria-label={m.functions.versions}>
          <h2>{m.functions.versions}</h2>
          <ol>
            {versions.content.map((version, index) => (
              <li key={version.id}>
                <Link
                  to="/p/$project/functions/$name"
                  params={{ project, name }}
                  search={index === 0 ? {} : { v: version.id }}
                  className={css.version}
                  aria-current={version.id === doc.id ? "true" : undefined}
                  activeProps={{}}
                  data-current={version.id === doc.id || undefined}
                >
                  <span>{versionName(version)}</span>
                  <TimeAgo at={version.metadata.created} short />
                </Link>
              </li>
            ))}
          </ol>
        </nav>
      </div>
    </Page>
  );
}
