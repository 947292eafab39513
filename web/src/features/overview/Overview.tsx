import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMessages } from "../../i18n/language.ts";
import { Page } from "../../ui/page/Page.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { Attention } from "./Attention.tsx";
import { Checklist } from "./Checklist.tsx";
import { Documents } from "./Documents.tsx";
import { isNew, runsEver } from "./facts.ts";
import { Holdings } from "./Holdings.tsx";
import { NextFires } from "./NextFires.tsx";
import css from "./Overview.module.css";
import { overview, type SummaryDoc } from "./queries.ts";
import { RunCounts } from "./RunCounts.tsx";
import { type Span, spans, usual } from "./search.ts";
import { Timeline } from "./Timeline.tsx";
import { Usage } from "./Usage.tsx";

const route = getRouteApi("/p/$project/");

/** What a project holds, what ran, what happened and what comes next: one call, kept live. */
export function Overview() {
  const m = useMessages();
  const { project } = route.useParams();
  const { span = usual } = route.useSearch();
  const query = useQuery(overview.summary(project, span));
  return (
    <Page
      title={project}
      meta={m.overview.title}
      actions={
        <>
          <SpanSwitch project={project} span={span} />
          <Documents project={project} />
        </>
      }
    >
      <ListView
        state={query}
        what={m.overview.title}
        count={query.data === undefined ? 0 : 1}
        filtered={false}
        onClearFilters={() => {}}
        empty={null}
      >
        {query.data !== undefined && <Summary summary={query.data} span={span} />}
      </ListView>
    </Page>
  );
}

function Summary({ summary, span }: { summary: SummaryDoc; span: Span }) {
  const ran = runsEver(summary) > 0;
  return (
    <div className={css.overview}>
      <Attention summary={summary} />
      {isNew(summary) && <Checklist summary={summary} />}
      {ran && <RunCounts key={`${summary.project} ${span}`} summary={summary} span={span} />}
      {ran && <Timeline summary={summary} span={span} />}
      <Holdings summary={summary} />
      <div className={css.pair}>
        <NextFires summary={summary} />
        <Usage engines={summary.runs.engines} />
      </div>
    </div>
  );
}

function SpanSwitch({ project, span }: { project: string; span: Span }) {
  const m = useMessages();
  return (
    <nav className={css.spans} aria-label={m.overview.span}>
      {(Object.keys(spans) as Span[]).map((each) => (
        <Link
          key={each}
          to="/p/$project"
          params={{ project }}
          search={each === usual ? {} : { span: each }}
          className={css.span}
          activeOptions={{ exact: true, includeSearch: true }}
          activeProps={{}}
          aria-current={each === span ? "true" : undefined}
          data-current={each === span || undefined}
        >
          {m.overview.spans[each]}
        </Link>
      ))}
    </nav>
  );
}
