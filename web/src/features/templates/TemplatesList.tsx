import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { session } from "../../api/session.ts";
import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../../ui/button/Button.tsx";
import { FilterBar } from "../../ui/filter/FilterBar.tsx";
import type { FilterValues } from "../../ui/filter/filter.ts";
import { LabelList } from "../../ui/labels/LabelList.tsx";
import { Page } from "../../ui/page/Page.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { templates } from "./queries.ts";
import { fromTokens, matches, type TemplatesSearch, toTokens } from "./search.ts";
import { TemplateDetails } from "./TemplateDetails.tsx";
import css from "./Templates.module.css";

const route = getRouteApi("/p/$project/templates");

/** What a function can begin with: each template leads to the form that creates one, filled in. */
export function TemplatesList() {
  const m = useMessages();
  const navigate = useNavigate();
  const { project } = route.useParams();
  const search = route.useSearch();
  const query = useQuery(templates.list());
  const { data: config } = useQuery(session.config());
  const all = query.data ?? [];
  const rows = all.filter((template) => matches(template, search));
  const tokens = toTokens(search);
  const kindTitle = (kind: string) => config?.kinds.find((known) => known.kind === kind)?.title ?? kind;
  const options = (values: readonly string[], label: (value: string) => string) =>
    [...new Set(values)].sort().map((value) => ({ value, label: label(value) }));
  const go = (next: TemplatesSearch, replace = false) =>
    void navigate({ to: "/p/$project/templates", params: { project }, search: next, replace });
  const change = (values: FilterValues, typing: boolean) => go(fromTokens(values), typing);
  const shown = all.find((template) => template.id === search.details);
  return (
    <Page title={m.templates.title} meta={m.templates.help}>
      <FilterBar
        values={tokens}
        onChange={change}
        search={{ id: "q", label: m.templates.search }}
        filters={[
          {
            id: "kind",
            label: m.templates.kind,
            type: "choice",
            options: options(
              all.map(({ kind }) => kind),
              kindTitle,
            ),
          },
          {
            id: "label",
            label: m.templates.label,
            type: "choice",
            options: options(
              all.flatMap(({ metadata }) => metadata.labels),
              (label) => label,
            ),
          },
        ]}
        count={query.isSuccess ? m.ui.count(rows.length, m.templates.noun) : undefined}
      />
      <ListView
        state={query}
        what={m.templates.noun.other}
        count={rows.length}
        filtered={Object.keys(tokens).length > 0}
        totalUnfiltered={all.length}
        onClearFilters={() => change({}, false)}
        empty={<EmptyState title={m.templates.emptyTitle} help={m.templates.emptyHelp} />}
      >
        <ul className={css.cards} aria-label={m.templates.title}>
          {rows.map(({ id, kind, metadata }) => (
            <li key={id} className={css.card}>
              <div className={css.head}>
                <h2>{metadata.name}</h2>
                <span className={css.quiet}>{kindTitle(kind)}</span>
              </div>
              <p className={css.description}>{metadata.description}</p>
              <LabelList labels={metadata.labels} />
              <div className={css.actions}>
                <ButtonLink
                  size="small"
                  tone="primary"
                  to="/p/$project/new/function"
                  params={{ project }}
                  search={{ template: id }}
                  aria-label={m.templates.beginWith(metadata.name)}
                >
                  {m.templates.begin}
                </ButtonLink>
                <Button
                  size="small"
                  aria-label={m.templates.detailsOf(metadata.name)}
                  onClick={() => go({ ...search, details: id })}
                >
                  {m.templates.details}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </ListView>
      {shown !== undefined && (
        <TemplateDetails
          project={project}
          template={shown}
          kindTitle={kindTitle(shown.kind)}
          onClose={() => go(fromTokens(tokens))}
        />
      )}
    </Page>
  );
}
